import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { type Program, runProgram } from '../support/program.ts';
import { embeddedStores, type Place, postgresStores, type Stores } from '../support/stores.ts';
import { children, letters, stepsOfChild } from './fixtures/amounts.ts';

const file = new URL('./fixtures/world.ts', import.meta.url);

const programs: Program[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const program of programs.splice(0)) await program.kill();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function prepare(
  place: Place,
  stepMs: number,
): { diary: string; run: (executor: string, starts?: boolean) => Program } {
  const folder = mkdtempSync(join(tmpdir(), 'muster-diary-'));
  folders.push(folder);
  const diary = join(folder, 'diary');
  return {
    diary,
    run: (executor, starts = true) => {
      const program = runProgram(file, { place, executor, diary, starts, leaseMs: 1500, stepMs });
      programs.push(program);
      return program;
    },
  };
}

/** Nothing lost and nothing doubled: each child and letter came once, each step's row is there once. */
async function expectWhole(stores: Stores, place: Place): Promise<void> {
  const store = await stores.open(place);
  const rows = await store.tx((tx) => tx.query<{ key: string }>('select signature as key from seen_request'));
  await store.close();
  const keys = rows.map(({ key }) => key);
  const got = keys.filter((key) => key.startsWith('got:')).map((key) => JSON.parse(key.split(':')[2] ?? '') as string);
  const sent = [...letters, ...Array.from({ length: children }, (_, child) => `child-${child}`)];
  expect(got.toSorted()).toEqual(sent.toSorted());
  expect(keys.filter((key) => key.startsWith('did:'))).toHaveLength(children * stepsOfChild);
  expect(keys).toContain('end');
}

/** Who did work, and how often work was done again: only what was in flight at a crash may be. */
function readDiary(diary: string): { workers: Set<string | undefined>; repeats: number } {
  const lines = readFileSync(diary, 'utf8').trim().split('\n');
  const entries = lines.map((line) => line.split(' '));
  const steps = new Set(entries.map(([, step]) => step));
  return { workers: new Set(entries.map(([worker]) => worker)), repeats: lines.length - steps.size };
}

function survivesKills(stores: Stores): void {
  it('goes on after being killed again and again, with nothing lost and nothing doubled', async () => {
    const place = await stores.place();
    const { diary, run } = prepare(place, 80);
    const delays = [0, 30, 60, 90, 120, 150];
    for (const [boot, delay] of delays.entries()) {
      const program = run(`boot-${boot}`);
      await Promise.race([program.line('working'), program.line('end')]);
      await wait(delay);
      await program.kill();
    }
    const last = run('last');
    await last.line('end');
    await last.kill();
    await expectWhole(stores, place);
    const { workers, repeats } = readDiary(diary);
    expect(workers.size).toBeGreaterThan(3);
    expect(repeats).toBeLessThanOrEqual(delays.length * children);
  }, 120_000);
}

describe('a killed process (embedded)', () => {
  survivesKills(embeddedStores());
});

describeWith('postgres', 'a killed process (PostgreSQL)', () => {
  const stores = postgresStores();
  survivesKills(stores);

  it('leaves its work to another', async () => {
    const place = await stores.place();
    const { diary, run } = prepare(place, 500);
    const first = run('first');
    await first.line('working');
    const second = run('second', false);
    await second.line('ready');
    await first.kill();
    await second.line('end');
    await second.kill();
    await expectWhole(stores, place);
    expect(readDiary(diary).workers).toEqual(new Set(['first', 'second']));
  }, 60_000);

  it('ends when it thaws and finds that another has taken over', async () => {
    const place = await stores.place();
    const { diary, run } = prepare(place, 300);
    const first = run('first');
    await first.line('working');
    first.child.kill('SIGSTOP');
    const second = run('second', false);
    await second.line('end');
    first.child.kill('SIGCONT');
    await first.line('lost');
    expect(await first.ended).toBe(7);
    await second.kill();
    await expectWhole(stores, place);
    expect(readDiary(diary).workers).toEqual(new Set(['first', 'second']));
  }, 60_000);

  it('outlives an outage of the database in the middle of its work', async () => {
    const place = await stores.place();
    const { diary, run } = prepare(place, 300);
    const program = run('only');
    await program.line('working');
    await stores.server().interrupt();
    await wait(1000);
    await stores.server().start();
    await program.line('end');
    await program.kill();
    await expectWhole(stores, place);
    // Work that was done when the database went away is recorded once it is back, and not done again.
    expect(readDiary(diary).repeats).toBeLessThanOrEqual(children);
  }, 60_000);
});
