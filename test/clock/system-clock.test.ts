import { describe, expect, it } from '@jest/globals';
import { randomIds } from '../../src/clock/ids.ts';
import { systemClock } from '../../src/clock/system-clock.ts';

describe('the system clock', () => {
  it('sleeps, and rejects with the reason of the signal', async () => {
    const before = systemClock.now().getTime();
    await systemClock.sleep(5);
    expect(systemClock.now().getTime()).toBeGreaterThan(before);
    const leaving = new AbortController();
    const sleeper = systemClock.sleep(3_600_000, leaving.signal);
    leaving.abort(new Error('enough'));
    await expect(sleeper).rejects.toThrow('enough');
  });
});

describe('ids', () => {
  it('carry their prefix and do not repeat', () => {
    const ids = Array.from({ length: 1_000 }, () => randomIds.next('run'));
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^run_[0-9a-z]{16}$/);
  });
});
