import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type BotProcess, type BotState, startBot } from '../../sandbox/bot-process.ts';
import { freePort } from '../../sandbox/wire/serve.ts';

let bot: BotProcess | undefined;
let folder = '';
afterEach(async () => {
  await bot?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Answers its health with what it was given. */
const program = `
import { createServer } from 'node:http';
const config = JSON.parse(process.env.MUSTER_SANDBOX);
process.on('message', (message) => console.log('told ' + JSON.stringify(message)));
console.log('environment ' + Object.keys(process.env).filter((name) => name !== 'NODE_CHANNEL_FD').join());
createServer((_request, response) => response.end('ok')).listen(config.port, '127.0.0.1');
`;

async function begin(
  log: (line: string) => void,
  source = program,
  until: BotState['state'] = 'up',
): Promise<BotProcess> {
  folder = await mkdtemp(join(tmpdir(), 'muster-bot-'));
  const script = join(folder, 'bot.mjs');
  await writeFile(script, source);
  const rest = {
    slackApiUrl: '',
    botToken: '',
    signingSecret: '',
    statuspageUrl: '',
    statuspageKey: '',
    worldUrl: '',
    stsUrl: '',
  };
  const config = { ...rest, port: await freePort(), homeDir: '', dataDir: '', logLevel: '' };
  const anchor = () => ({ segments: [{ real: 0, shown: 0, scale: 1 }] });
  bot = startBot({ script, config, anchor, log });
  await bot.changes.until(() => bot?.state.state === until, 'the bot');
  return bot;
}

describe('the program beside the sandbox', () => {
  it('is started again when it is killed', async () => {
    const lines: string[] = [];
    const running = await begin((line) => lines.push(line));
    const first = running.state.pid;
    running.kill();
    await running.changes.until(() => running.state.state === 'restarting', 'its end');
    expect(running.state).toMatchObject({ restarts: 1, lastEnd: 'SIGKILL', pid: null });
    await running.changes.until(() => running.state.state === 'up', 'its return');
    expect(running.state.pid).not.toBe(first);
    expect(lines.join('\n')).toContain('The bot ended (SIGKILL); it is started again in');
  });

  it('sees nothing of the environment but what it is given, and hears of a new pace', async () => {
    const lines: string[] = [];
    const running = await begin((line) => {
      lines.push(line);
      bot?.changes.tell();
    });
    expect(lines).toContain('environment MUSTER_SANDBOX,AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED');
    running.tell({ clock: { segments: [{ real: 1, shown: 2, scale: 60 }] } });
    await running.changes.until(() => lines.some((line) => line.startsWith('told {"clock"')), 'the message');
  });

  it('keeps what it last told of the recovery when it is gone, and says what it does not understand', async () => {
    const lines: string[] = [];
    const news = `{ recovery: { incident: { incident: { id: 7, phase: 'recovering',
      impactBeganAt: '2026-01-01T00:00:00.000Z' } }, run: null, consents: [], answered: [], attempts: [] } }`;
    const source = `${program} process.send(${news}); process.send({ recovery: 'all is well' });`;
    const running = await begin((line) => lines.push(line), source);
    await running.changes.until(() => running.recovery && lines.length > 1, 'its news');
    expect(lines.join('\n')).toContain('The bot said what nobody understands');
    await running.stop();
    expect(running.recovery?.incident.incident).toMatchObject({ id: 7, phase: 'recovering' });
  });

  it('is told what may be said to it once it has read its home', async () => {
    const words = [{ usage: 'drain [of=…]', does: 'Drain it' }];
    const source = `${program} setTimeout(() => process.send(${JSON.stringify({ commands: [], words })}), 50);`;
    const running = await begin(() => {}, source, 'starting');
    expect([running.recovery, running.commands, running.words]).toEqual([undefined, null, []]);
    await running.changes.until(() => running.commands !== null, 'the commands');
    expect(running.words).toEqual(words);
  });

  it('stays away when it could not start, after all of its last words', async () => {
    const lines: string[] = [];
    const words = 'process.stderr.write("Muster did not start: the store is held by process 7.\\n"); process.exit(1)';
    const running = await begin((line) => lines.push(line), words, 'stopped');
    expect(running.state).toMatchObject({ state: 'stopped', restarts: 0, lastEnd: 'exit code 1' });
    expect(lines).toEqual(['Muster did not start: the store is held by process 7.']);
  });

  it('ends when it is told to, and stays away', async () => {
    const running = await begin(() => {});
    await running.stop();
    expect(running.state).toMatchObject({ state: 'stopped', pid: null, restarts: 0 });
  });
});
