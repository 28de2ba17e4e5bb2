import { serve } from '../../sandbox/wire/serve.ts';
import type { Outside } from '../../test/e2e/outside.ts';
import { runProgram } from '../../test/support/program.ts';
import { sendCommands } from '../support/send-commands.ts';

export interface Acknowledged {
  bare: number[];
  muster: number[];
}

/** Many short ones, in turns: the machine's own pace changes from second to second. */
const rounds = 20;
const commands = 250;
const atATime = 50;
const warmUp = 100;

/** Acknowledgements of the same commands by a bare listener and by Muster, in turns, in milliseconds. */
export async function measureAcknowledgement(outside: Outside): Promise<Acknowledged> {
  const { signingSecret } = outside.farEnds.slack.tokens;
  let answers = 0;
  const sink = await serve((request, response) => {
    answers += 1;
    request.resume().on('end', () => response.end('ok'));
  });
  const bare = runProgram(new URL('./bare.ts', import.meta.url), { signingSecret });
  const port = (await bare.line('port')).slice('port '.length);
  const urls = {
    bare: `http://127.0.0.1:${port}/slack/events`,
    muster: `http://127.0.0.1:${outside.port}/slack/events`,
  };

  const send = async (to: keyof typeof urls): Promise<number[]> => {
    const before = answers;
    const took = await sendCommands({
      url: urls[to],
      signingSecret,
      responseUrl: sink.url,
      texts: ['help', 'list'],
      warmUp,
      commands,
      atATime,
    });
    while (to === 'muster' && answers < before + warmUp + commands)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return took;
  };

  await send('bare');
  await send('muster');
  const took: Acknowledged = { bare: [], muster: [] };
  for (let round = 1; round <= rounds; round += 1) {
    for (const to of round % 2 === 1 ? (['bare', 'muster'] as const) : (['muster', 'bare'] as const)) {
      took[to].push(...(await send(to)));
    }
  }
  await bare.kill();
  await sink.stop();
  return took;
}
