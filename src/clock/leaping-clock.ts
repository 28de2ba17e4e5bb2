import { performance } from 'node:perf_hooks';
import type { Clock } from '../domain/ports/clock.ts';

/**
 * A clock for rehearsals. While something is worked on it goes as fast as real time, so that work counts for what it is;
 * once everybody waits, it leaps to whatever is due first.
 */
export interface LeapingClock extends Clock {
  /** Keeps it from leaping until this has ended, although the process itself may have nothing to do. */
  during: <T>(work: () => Promise<T>) => Promise<T>;
  stop(): void;
}

interface Sleeper {
  due: number;
  wake(): void;
}

/** How often it looks whether anybody works, and how many quiet looks in a row it believes; real milliseconds. */
const lookMs = 6;
const quietLooks = 4;
/** What the event loop may have been active for between two looks that were quiet, in milliseconds. */
const idleMs = 1.5;
/** About how fast it goes over a whole rehearsal, for those who turn its time into real time. */
const usualScale = 30;

export function createLeapingClock(origin: Date): LeapingClock {
  const began = Date.now();
  const sleepers = new Set<Sleeper>();
  const quiet = createQuiet();
  let leapt = 0;
  let working = 0;
  const show = (): number => origin.getTime() + Date.now() - began + leapt;
  const look = (): void => {
    const inOrder = [...sleepers].sort((a, b) => a.due - b.due);
    const [first] = inOrder;
    if (quiet(working > 0) && first) leapt += Math.max(0, first.due - show());
    const now = show();
    for (const sleeper of inOrder) if (sleeper.due <= now) sleeper.wake();
  };
  const timer = setInterval(look, lookMs);

  return {
    scale: usualScale,
    now: () => new Date(show()),
    sleep: (ms, signal) => addSleeper(sleepers, show() + Math.max(0, ms), signal),
    during: async (work) => {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
      }
    },
    stop: () => clearInterval(timer),
  };
}

/** True when the event loop had nothing to do for several looks in a row. */
function createQuiet(): (isWorking: boolean) => boolean {
  let before = performance.eventLoopUtilization();
  let looks = 0;
  return (isWorking) => {
    const now = performance.eventLoopUtilization();
    const { active } = performance.eventLoopUtilization(now, before);
    before = now;
    looks = isWorking || active > idleMs ? 0 : (looks + 1) % (quietLooks + 1);
    return looks === quietLooks;
  };
}

function addSleeper(sleepers: Set<Sleeper>, due: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const leave = (): void => {
      sleepers.delete(sleeper);
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
    const sleeper: Sleeper = { due, wake };
    sleepers.add(sleeper);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
