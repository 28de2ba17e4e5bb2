import type { Clock } from '../domain/ports/clock.ts';
import { type ClockAnchor, changePace, segmentAt, shownAt } from './anchor.ts';

const longestTimerMs = 2_147_483_647;

export interface ScaledClock extends Clock {
  /** Changes the pace from now on; 0 pauses, and sleepers wake once it goes on. */
  setScale(scale: number): void;
  /** What another process, or this one after a restart, needs to show the same time. */
  anchor(): ClockAnchor;
  /** Takes over another process's anchor. Time shown here never goes back: it waits until the anchor has caught up. */
  adopt(anchor: ClockAnchor): void;
}

export type ScaledClockOrigin = { realOrigin: Date; origin: Date; scale: number } | { anchor: ClockAnchor };

interface Sleeper {
  due: number;
  timer: NodeJS.Timeout | null;
  wake(): void;
}

/** A clock that shows `origin` at real time `realOrigin` and then runs `scale` times as fast. */
export function createScaledClock(from: ScaledClockOrigin): ScaledClock {
  let anchor = 'anchor' in from ? from.anchor : firstAnchor(from);
  let latest = Number.NEGATIVE_INFINITY;
  const sleepers = new Set<Sleeper>();

  const show = (): number => {
    latest = Math.max(latest, shownAt(anchor, Date.now()));
    return latest;
  };
  const pace = (): number => segmentAt(anchor, Date.now()).scale;
  const arm = (sleeper: Sleeper): void => {
    if (sleeper.timer) clearTimeout(sleeper.timer);
    sleeper.timer = null;
    const left = sleeper.due - shownAt(anchor, Date.now());
    if (left <= 0) return sleeper.wake();
    if (pace() === 0) return;
    sleeper.timer = setTimeout(() => arm(sleeper), Math.min(Math.ceil(left / pace()), longestTimerMs));
  };
  const take = (next: ClockAnchor): void => {
    show();
    anchor = next;
    for (const sleeper of sleepers) arm(sleeper);
  };

  return {
    now: () => new Date(show()),
    get scale() {
      return pace();
    },
    sleep: (ms, signal) => addSleeper(sleepers, show() + Math.max(0, ms), arm, signal),
    setScale: (scale) => take(changePace(anchor, Date.now(), scale)),
    anchor: () => structuredClone(anchor),
    adopt: take,
  };
}

function firstAnchor(from: { realOrigin: Date; origin: Date; scale: number }): ClockAnchor {
  return { segments: [{ real: from.realOrigin.getTime(), shown: from.origin.getTime(), scale: from.scale }] };
}

function addSleeper(
  sleepers: Set<Sleeper>,
  due: number,
  arm: (sleeper: Sleeper) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const leave = (): void => {
      sleepers.delete(sleeper);
      if (sleeper.timer) clearTimeout(sleeper.timer);
      signal?.removeEventListener('abort', abort);
    };
    const abort = (): void => {
      leave();
      reject(signal?.reason);
    };
    const wake = (): void => {
      leave();
      resolve();
    };
    const sleeper: Sleeper = { due, timer: null, wake };
    sleepers.add(sleeper);
    signal?.addEventListener('abort', abort, { once: true });
    arm(sleeper);
  });
}
