import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLeapingClock, type LeapingClock } from '../../src/clock/leaping-clock.ts';
import { systemClock } from '../../src/clock/system-clock.ts';

const origin = new Date('2026-11-21T12:00:00Z');
const hour = 3_600_000;

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
