import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLeapingClock, type LeapingClock } from '../../src/clock/leaping-clock.ts';
import { systemClock } from '../../src/clock/system-clock.ts';

const origin = new Date('2026-11-21T12:00:00Z');
const hour = 3_600_000;
const pause = (ms: number): Promise<void> => systemClock.sleep(ms);

async function repeat(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < times; done += 1) await work();
}

/** One file after another, again and again. */
async function readAll(folder: string, times: number): Promise<void> {
  await repeat(times, async () => {
    for (const name of await readdir(folder)) await readFile(`${folder}/${name}`);
  });
}

describe('a clock that leaps', () => {
  let clock: LeapingClock;
  beforeEach(() => {
    clock = createLeapingClock(origin);
  });
  afterEach(() => clock.stop());
  const shown = () => clock.now().getTime() - origin.getTime();

  it('is at what is due first once everybody waits, and wakes in order', async () => {
    const woken: string[] = [];
    const sleep = (name: string, ms: number) => clock.sleep(ms).then(() => woken.push(name));
    await Promise.all([sleep('late', 5 * hour), sleep('soon', hour), sleep('at once', 0)]);
    expect(woken).toEqual(['at once', 'soon', 'late']);
    expect(shown()).toBeGreaterThanOrEqual(5 * hour);
    expect(shown()).toBeLessThan(6 * hour);
  });

  it('stays while something is worked on that only waits', async () => {
    const asleep = clock.sleep(hour);
    await clock.during(() => systemClock.sleep(200));
    expect(shown()).toBeLessThan(hour / 2);
    await asleep;
    expect(shown()).toBeGreaterThanOrEqual(hour);
  });

  it.each(
    Object.entries({
      'files are read': () => readAll('src/clock', 40),
      'a program runs': () => promisify(execFile)(process.execPath, ['-e', 'setTimeout(() => {}, 100)']),
      'one thing leads to the next': () => repeat(2_000, () => nextTurn()),
      'something waits again and again, each time for a moment': () => repeat(20, () => clock.during(() => pause(5))),
    }),
  )('stays while %s', async (_, work) => {
    const asleep = clock.sleep(hour);
    await work();
    expect(shown()).toBeLessThan(hour / 2);
    await asleep;
    expect(shown()).toBeGreaterThanOrEqual(hour);
  });

  it('lets whoever decides look before it leaps, and go on before it leaps again', async () => {
    const seen: number[] = [];
    const asleep = [clock.sleep(hour), clock.sleep(2 * hour)];
    await clock.still(10_000);
    seen.push(shown());
    await repeat(200, () => nextTurn());
    await clock.still(10_000);
    seen.push(shown());
    await asleep[0];
    await clock.still(10_000);
    seen.push(shown());
    await Promise.all(asleep);
    expect(seen.map((ms) => Math.floor(ms / hour))).toEqual([0, 0, 1]);
  });

  it('lets them look in the end at work that is long', async () => {
    const work = clock.during(() => pause(300));
    const looked = clock.still(20).then(() => 'looked');
    expect(await Promise.race([work, looked])).toBe('looked');
    await work;
  });

  it('leaps nowhere while nobody waits for it', async () => {
    await systemClock.sleep(200);
    expect(shown()).toBeLessThan(hour / 2);
  });

  it('lets go of a sleeper who is called off, with the reason', async () => {
    const calling = new AbortController();
    const asleep = clock.during(() => clock.sleep(hour, calling.signal));
    calling.abort(new Error('called off'));
    await expect(asleep).rejects.toThrow('called off');
    await expect(clock.sleep(hour, calling.signal)).rejects.toThrow('called off');
    expect(shown()).toBeLessThan(hour / 2);
  });
});
