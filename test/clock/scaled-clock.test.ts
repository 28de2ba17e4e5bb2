import { describe, expect, it } from '@jest/globals';
import { changePace, shownAt } from '../../src/clock/anchor.ts';
import { createScaledClock } from '../../src/clock/scaled-clock.ts';

const origin = new Date('2026-11-21T12:00:00Z');
const hour = 3_600_000;

function startedAgo(ms: number, scale: number) {
  return createScaledClock({ realOrigin: new Date(Date.now() - ms), origin, scale });
}

describe('an anchor', () => {
  it('shows scaled time, pauses, and keeps the past as it was', () => {
    const first = { segments: [{ real: 0, shown: 1_000, scale: 60 }] };
    const paused = changePace(first, 100, 0);
    const resumed = changePace(paused, 500, 2);
    expect([0, 50, 100].map((real) => shownAt(resumed, real))).toEqual([1_000, 4_000, 7_000]);
    expect([400, 500, 600].map((real) => shownAt(resumed, real))).toEqual([7_000, 7_000, 7_200]);
  });

  it('refuses a pace below zero', () => {
    expect(() => changePace({ segments: [{ real: 0, shown: 0, scale: 1 }] }, 1, -1)).toThrow();
  });
});

describe('a scaled clock', () => {
  it('goes on from its anchor in another process', () => {
    const one = startedAgo(1_000, 3_600);
    const other = createScaledClock({ anchor: JSON.parse(JSON.stringify(one.anchor())) });
    const shown = one.now().getTime();
    expect(shown).toBeGreaterThanOrEqual(origin.getTime() + hour);
    expect(other.now().getTime()).toBeGreaterThanOrEqual(shown);
    expect(other.scale).toBe(3_600);
  });

  it('wakes sleepers by its own time', async () => {
    const clock = startedAgo(0, 3_600_000);
    const before = clock.now().getTime();
    await clock.sleep(hour);
    expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(hour);
  });

  it('holds sleepers while paused and wakes them once it goes on', async () => {
    const clock = startedAgo(0, 0);
    let woken = false;
    const sleeper = clock.sleep(hour).then(() => {
      woken = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(woken).toBe(false);
    clock.setScale(hour);
    await sleeper;
    expect(woken).toBe(true);
  });

  it('never goes back, whatever anchor it adopts', () => {
    const clock = startedAgo(1_000, 3_600);
    const before = clock.now().getTime();
    clock.adopt({ segments: [{ real: Date.now(), shown: origin.getTime(), scale: 1 }] });
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(before);
  });

  it('lets a sleeper leave', async () => {
    const clock = startedAgo(0, 0);
    const leaving = new AbortController();
    const sleeper = clock.sleep(hour, leaving.signal);
    leaving.abort(new Error('enough'));
    await expect(sleeper).rejects.toThrow('enough');
    await expect(clock.sleep(1, leaving.signal)).rejects.toThrow('enough');
  });
});
