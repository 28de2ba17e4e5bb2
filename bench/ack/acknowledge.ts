import { serve } from '../../sandbox/wire/serve.ts';
import type { Outside } from '../../test/e2e/outside.ts';
import { runProgram } from '../../test/support/program.ts';
import { sendCommands } from '../support/send-commands.ts';

export interface Acknowledged {
  bare: number[];
  muster: number[];
}

/** Odd: the middle one counts, for a stall of the machine falls on one of the two. */
const rounds = 7;
const commands = 1_000;
const atATime = 50;
const warmUp = 100;

/** Acknowledgements of the same commands by a bare listener and by Muster, in turns, round by round, in milliseconds. */
export async function measureAcknowledgement(outside: Outside): Promise<Acknowledged[]> {
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
  const took: Acknowledged[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    if (round % 2 === 1) took.push({ bare: await send('bare'), muster: await send('muster') });
    else took.push({ muster: await send('muster'), bare: await send('bare') });
  }
  await bare.kill();
  await sink.stop();
  return took;
}
