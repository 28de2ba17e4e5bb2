import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BotConfig } from '../../sandbox/bot-config.ts';
import type { FarEnds } from '../../sandbox/far-ends.ts';
import { describeWith } from '../support/needs.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { type Child, root, runBuilt } from './child.ts';
import { startOutside } from './outside.ts';
import { launchReal, ownFolder, startReal } from './real.ts';
import { slackEnv, startStandIns } from './stand-ins.ts';

let farEnds: FarEnds;
let folder: Awaited<ReturnType<typeof ownFolder>>;

beforeAll(async () => {
  farEnds = await startStandIns();
  folder = await ownFolder();
});
afterAll(async () => {
  await farEnds.stop();
  await folder.remove();
});

const canary = 'canary-5f3a91';

/** What a start that comes to nothing says, without the log's own lines; it ends by itself, with 1. */
async function refused(env: Record<string, string>): Promise<string> {
  return lastWords(launchReal(env, folder.path));
}

async function lastWords(child: Child): Promise<string> {
  expect(await child.ended).toBe(1);
  expect(child.out.filter((line) => !line.startsWith('{'))).toEqual([]);
  expect([...child.out, ...child.err].join('\n')).not.toContain(canary);
  return child.err.join('\n');
}

function slack(over: Record<string, string> = {}): Record<string, string> {
  return { ...slackEnv(farEnds), MUSTER_DATA: join(folder.path, 'unused'), ...over };
}

const sentence = (start: string): RegExp => new RegExp(`^Muster did not start: ${start}[^\n]*[.?]$`);

describe('a start without what it needs ends with one sentence', () => {
  it.each<[string, () => Record<string, string>, RegExp]>([
    ['no token', () => ({}), sentence('SLACK_BOT_TOKEN is missing')],
    ['a token alone', () => ({ SLACK_BOT_TOKEN: `xoxb-${canary}` }), sentence('SLACK_BOT_TOKEN is set, but neither')],
    ['a token that is none', () => slack({ SLACK_BOT_TOKEN: canary }), sentence('SLACK_BOT_TOKEN should begin')],
    [
      'a bot token that Slack does not know',
      () => slack({ SLACK_BOT_TOKEN: `xoxb-${canary}` }),
      sentence('SLACK_BOT_TOKEN is refused: Slack does not know this bot token'),
    ],
    [
      'an app token that Slack does not know',
      () => ({ ...slackEnv(farEnds, 'Socket Mode'), SLACK_APP_TOKEN: `xapp-${canary}` }),
      sentence('SLACK_APP_TOKEN is refused: Slack says invalid_auth'),
    ],
    [
      'a database that is not there',
      () => slack({ DATABASE_URL: `postgres://muster:${canary}@127.0.0.1:1/muster` }),
      sentence('Cannot use the database muster at 127.0.0.1:1: nothing listens there'),
    ],
    [
      'an address that is none',
      () => slack({ DATABASE_URL: `mysql://muster:${canary}@127.0.0.1/muster` }),
      sentence('DATABASE_URL should be an address'),
    ],
    ['a port that is none', () => slack({ PORT: '99999' }), sentence('PORT should be a port')],
    [
      'a folder that cannot be',
      () => slack({ MUSTER_DATA: '/dev/null/data' }),
      sentence('Cannot make the folder /dev/null/data'),
    ],
    [
      "a folder whose path is too long for the terminal's socket",
      () => slack({ MUSTER_DATA: join(folder.path, 'd'.repeat(100)) }),
      sentence(".*control\\.sock is longer than the 103 bytes of a socket's path"),
    ],
  ])('%s', async (_what, env, expected) => {
    expect(await refused(env())).toMatch(expected);
  });

  it('a port that somebody has', async () => {
    const taken = createServer().listen(0);
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    expect(await refused(slack({ PORT: String(port) }))).toMatch(sentence(`Port ${port} is taken`));
    expect(await refused({ ...slackEnv(farEnds, 'Socket Mode'), PORT: String(port) })).toMatch(
      sentence(`Port ${port} is taken`),
    );
    await new Promise((resolve) => taken.close(resolve));
  });
});

describe('files that are wrong end the start with each fault where it is', () => {
  async function homeWith(name: string, edit: (text: string) => string): Promise<string> {
    const homeDir = join(folder.path, name);
    await cp(join(root, 'examples/acme'), homeDir, { recursive: true });
    const file = join(homeDir, 'muster.yml');
    await writeFile(file, edit(await readFile(file, 'utf8')));
    return homeDir;
  }

  it('muster.yml: an unknown key and a wrong type', async () => {
    const MUSTER_HOME = await homeWith('faulty', (text) =>
      text.replace('timezone:', 'timezon:').replace('rto: 4h', 'rto: four hours'),
    );
    const said = await refused(slack({ MUSTER_HOME }));
    expect(said).toMatch(/muster\.yml:4:1 .*timezon.*timezone/);
    expect(said).toMatch(/muster\.yml:10:22 .*"four hours"/);
    expect(said).not.toMatch(/^ {4}at /m);
  });

  it('muster.yml: somebody who is nobody', async () => {
    const MUSTER_HOME = await homeWith('nobody', (text) => text.replace('commanders: [ana]', 'commanders: [anna]'));
    expect(await refused(slack({ MUSTER_HOME }))).toMatch(/muster\.yml:\d+:\d+ anna .*did you mean ana\?/);
  });

  it('a command of the home: an action that is none', async () => {
    const MUSTER_HOME = await homeWith('faulty-command', (text) => text);
    await mkdir(join(MUSTER_HOME, 'commands'), { recursive: true });
    await writeFile(
      join(MUSTER_HOME, 'commands/move.yml'),
      'name: move\ntitle: Move\nsteps:\n  - id: scale\n    uses: ecs.scale-servce\n    with: {}\n',
    );
    expect(await refused(slack({ MUSTER_HOME }))).toMatch(/move\.yml:5:11 .*ecs\.scale-service/);
  });

  it('no muster.yml at all', async () => {
    expect(await refused(slack({ MUSTER_HOME: join(folder.path, 'nowhere') }))).toMatch(/muster\.yml.*no such file/);
  });
});

/** The sandbox's program on a store that somebody made before. */
function launchSandboxed(dataDir: string): Child {
  const { tokens, url } = farEnds.slack;
  const config: BotConfig = {
    ...{ slackApiUrl: url, botToken: tokens.bot, signingSecret: tokens.signingSecret, port: 0 },
    ...{ statuspageUrl: farEnds.statuspage.url, statuspageKey: farEnds.statuspage.key },
    ...{
      worldUrl: farEnds.world.url,
      stsUrl: farEnds.sts.url,
      clockAnchor: { segments: [{ real: 0, shown: 0, scale: 1 }] },
    },
    ...{ homeDir: join(root, 'examples/acme'), dataDir, logLevel: 'warn' },
  };
  return runBuilt('sandbox/bot.js', [], { MUSTER_SANDBOX: JSON.stringify(config) }, folder.path);
}

describe('a store', () => {
  it('that a sandbox made is refused by the real program, and the other way round', async () => {
    const outside = await startOutside();
    await outside.bot.stop();
    expect(await refused(slack({ MUSTER_DATA: outside.dataDir }))).toMatch(
      sentence('This store is stamped sandbox and was opened as real'),
    );
    await outside.close();

    const MUSTER_DATA = join(folder.path, 'real');
    const program = await startReal(slack({ MUSTER_DATA }), folder.path);
    expect(await program.stop()).toBe(0);
    expect(await lastWords(launchSandboxed(MUSTER_DATA))).toMatch(
      sentence('This store is stamped real and was opened as sandbox'),
    );
  });

  it('on the disk is one process’s at a time', async () => {
    const MUSTER_DATA = join(folder.path, 'held');
    const program = await startReal(slack({ MUSTER_DATA }), folder.path);
    expect(await refused(slack({ MUSTER_DATA }))).toMatch(
      sentence(`The store in .*held is held by process ${program.process.pid}, and only one may have it open`),
    );
    expect((await program.get('/readyz')).status).toBe(200);
    expect(await program.stop()).toBe(0);
  });
});

describeWith('postgres', 'a database', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('that is not made yet is asked for by name', async () => {
    const url = new URL(await postgres.createDatabase());
    url.password = canary;
    url.pathname = '/none';
    expect(await refused(slack({ DATABASE_URL: url.href }))).toMatch(sentence('Cannot use the database none .*create'));
  });

  it('that a sandbox uses is refused by the real program', async () => {
    const databaseUrl = await postgres.createDatabase();
    const outside = await startOutside({ databaseUrl });
    expect(await refused(slack({ DATABASE_URL: databaseUrl }))).toMatch(sentence('This store is stamped sandbox'));
    await outside.close();
  });
});
