import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHomeFolder } from '../../../src/actions/programs/home-folder.ts';
import { maskSecrets } from '../../../src/actions/programs/mask.ts';
import { createScripts } from '../../../src/actions/programs/scripts.ts';
import { stopwatch } from '../../../src/clock/stopwatch.ts';
import type { ProgramSeen, Scripts } from '../../../src/domain/ports/programs.ts';
import { testHome, testHomeDir, testPrograms } from '../../support/home-folder.ts';

const token = 'a-token-nobody-may-read';
let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});

function scriptsOf(variables: Record<string, string> = {}): Scripts {
  const given: Record<string, string | undefined> = { PATH: process.env.PATH, TEST_APP_TOKEN: token, ...variables };
  const around = { homeDir: testHomeDir, elapsedMs: stopwatch.elapsed, stop: stop.signal };
  return createScripts(testPrograms.scripts, { ...around, variable: (name) => given[name] });
}

async function ended(scripts: Scripts, key: string, looks = 1_000): Promise<Extract<ProgramSeen, { state: 'ended' }>> {
  for (let look = 0; look < looks; look += 1) {
    const seen = await scripts.look(key);
    if (seen?.state === 'ended') return seen;
    await sleep(20);
  }
  throw new Error('it did not end');
}

describe('a script', () => {
  it('is given its arguments as they are, whatever a shell would make of them', async () => {
    const scripts = scriptsOf();
    const args = ['0', '$(touch /tmp/never)', '; echo no', '*', '`id`'];
    await scripts.start('one', 'surroundings', args);
    const seen = await ended(scripts, 'one');
    expect(seen).toMatchObject({ exit: 0, ended: 'by itself' });
    expect(seen.output).toContain(`arguments: ${args.join(' ')}`);
  });

  it('is given the environment that it is allowed, and no more; its secrets are not shown', async () => {
    const scripts = scriptsOf({ AWS_SECRET_ACCESS_KEY: 'another', TEST_OTHER: 'x' });
    await scripts.start('one', 'surroundings', []);
    const { output } = await ended(scripts, 'one');
    expect(output).toContain('TEST_APP_TOKEN');
    for (const absent of ['AWS_SECRET_ACCESS_KEY', 'TEST_OTHER', 'TEST_NOT_SET', 'NODE_OPTIONS', token, 'hunter2'])
      expect(output).not.toContain(absent);
    expect(output).toContain('the token is [secret], at postgres://app:[secret]@db/app');
  });

  it('ends as its exit code says', async () => {
    const scripts = scriptsOf();
    await scripts.start('one', 'surroundings', ['3']);
    expect(await ended(scripts, 'one')).toMatchObject({ exit: 3, ended: 'by itself' });
  });

  it('is not started again under a key under which it has ended well, and is where it has failed', async () => {
    const scripts = scriptsOf();
    await scripts.start('well', 'surroundings', ['0', 'first']);
    await ended(scripts, 'well');
    await scripts.start('well', 'surroundings', ['0', 'second']);
    expect((await ended(scripts, 'well')).output).toContain('first');
    await scripts.start('badly', 'surroundings', ['1', 'first']);
    await ended(scripts, 'badly');
    await scripts.start('badly', 'surroundings', ['0', 'second']);
    expect(await ended(scripts, 'badly')).toMatchObject({ exit: 0, output: expect.stringContaining('second') });
  });

  it('is ended at its time-out, with a child that does not want to end', async () => {
    const scripts = scriptsOf();
    await scripts.start('one', 'with-child', []);
    const seen = await ended(scripts, 'one');
    expect(seen).toMatchObject({ exit: null, ended: 'at its time-out' });
    const pids = [...seen.output.matchAll(/(?:parent|child) (\d+)/g)].map(([, pid]) => Number(pid));
    expect(pids).toHaveLength(2);
    for (const pid of pids) expect(runs(pid)).toBe(false);
  }, 20_000);

  it('is over at its time-out, though a child of it has run away', async () => {
    const scripts = scriptsOf();
    await scripts.start('one', 'runaway', []);
    expect(await ended(scripts, 'one', 400)).toMatchObject({ exit: null, ended: 'at its time-out' });
  }, 20_000);

  it('is ended with Muster', async () => {
    const scripts = scriptsOf();
    await scripts.start('one', 'with-child', []);
    while (!/child \d+/.test((await scripts.look('one'))?.output ?? '')) await sleep(10);
    stop.abort();
    expect(await ended(scripts, 'one')).toMatchObject({ exit: null, ended: 'with Muster' });
  }, 20_000);

  it('is kept to the last that it said', async () => {
    const scripts = scriptsOf();
    await scripts.start('one', 'talkative', []);
    const { output } = await ended(scripts, 'one');
    expect(output.length).toBeLessThanOrEqual(4_000);
    expect(output).toMatch(/line 1999 of many$/);
  });

  it('that is not allowed, or not there, is not started', async () => {
    const scripts = scriptsOf();
    await expect(scripts.start('one', 'constructor', [])).rejects.toThrow('muster.yml allows no script constructor');
    await expect(scripts.start('two', 'never-written', [])).rejects.toThrow('there is no scripts/never-written.sh');
    await expect(scripts.start('three', 'not-executable', [])).rejects.toThrow(/could not be started \(EACCES\)/);
    expect(await scripts.look('one')).toBeNull();
  });
});

describe('the home folder', () => {
  it('gives the digest of a program that can be executed, and says what is amiss else', async () => {
    expect(await testHome.digestOfProgram('scripts/verify-data.sh')).toMatch(/^[0-9a-f]{64}$/);
    await expect(testHome.digestOfProgram('scripts/not-executable.sh')).rejects.toThrow(/cannot be executed/);
    await expect(testHome.digestOfProgram('scripts')).rejects.toThrow('scripts is no file');
  });

  it('reads nothing outside, by dots or by a link', async () => {
    const base = await mkdtemp(join(tmpdir(), 'muster-home-'));
    try {
      await mkdir(join(base, 'home'));
      await writeFile(join(base, 'secret'), 'x');
      await symlink(join(base, 'secret'), join(base, 'home/link'));
      const folder = createHomeFolder(join(base, 'home'), testPrograms);
      await expect(folder.read('../secret')).rejects.toThrow('../secret leads out of the home');
      await expect(folder.read('link')).rejects.toThrow('link leads out of the home');
    } finally {
      await rm(base, { recursive: true });
    }
  });
});

describe('what looks like a secret', () => {
  it.each([
    ['password=hunter22 rest', 'password=[secret] rest'],
    ['{"api_key": "abc123"}', '{"api_key": "[secret]"}'],
    ['Authorization: Bearer abcdefghijk', 'Authorization: Bearer [secret]'],
    ['key AKIAIOSFODNN7EXAMPLE.', 'key [secret].'],
    ['https://user:pass@host/path', 'https://user:[secret]@host/path'],
    ['table flightdata-main has 600 items', 'table flightdata-main has 600 items'],
  ])('%s', (text, shown) => expect(maskSecrets(text, [])).toBe(shown));
});

/** One that has ended may stand in the list until somebody asks how. */
function runs(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z\s]/.test(stdout);
}
