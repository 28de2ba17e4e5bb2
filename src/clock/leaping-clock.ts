import type { Clock } from '../domain/ports/clock.ts';
import { systemClock } from './system-clock.ts';
import { watchWork } from './work-under-way.ts';

/**
 * A clock for rehearsals. While something is worked on it goes as fast as real time, so that work counts for what it is;
 * once everybody waits, it leaps to whatever is due first.
 */
export interface LeapingClock extends Clock {
  /** Keeps it from leaping until this has ended: for what the process itself does not know to be under way. */
  during: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * For whoever stands in for people, who decide at once: resolves when everybody waits, before it leaps; at the latest
   * after `realMs`.
   */
  still(realMs: number): Promise<void>;
  stop(): void;
}

interface Sleeper {
  due: number;
  wake(): void;
}

interface Watcher {
  /** In real milliseconds since 1970. */
  until: number;
  wake(): void;
}

/** How soon it looks again where nothing is to be done but wait; real milliseconds. */
const lookMs = 5;
/** About how fast it goes over a whole rehearsal, for those who turn its time into real time. */
const usualScale = 30;

export function createLeapingClock(origin: Date): LeapingClock {
  const began = Date.now();
  const sleepers = new Set<Sleeper>();
  const watchers = new Set<Watcher>();
  const work = watchWork();
  let leapt = 0;
  let stopped = false;
  let come = (): void => {};
  const show = (): number => origin.getTime() + Date.now() - began + leapt;
  const wakeSleepers = (): void => wakeInOrder([...sleepers].filter(({ due }) => due <= show()));
  const wakeWatchers = (are: (watcher: Watcher) => boolean): number => {
    const ready = [...watchers].filter(are);
    for (const watcher of ready) watchers.delete(watcher);
    for (const watcher of ready) watcher.wake();
    return ready.length;
  };
  const leap = async (): Promise<void> => {
    if (sleepers.size === 0) return systemClock.sleep(lookMs);
    leapt += Math.max(0, Math.min(...[...sleepers].map(({ due }) => due)) - show());
  };
  const run = async (): Promise<void> => {
    while (!stopped) {
      if (sleepers.size + watchers.size === 0) await new Promise<void>((resolve) => (come = resolve));
      const isStill = await work.isStill();
      if (isStill && !stopped && wakeWatchers(() => true) === 0) await leap();
      wakeWatchers(({ until }) => until <= Date.now());
      wakeSleepers();
    }
  };
  void run();

  return {
    scale: usualScale,
    now: () => new Date(show()),
    sleep(ms, signal) {
      const slept = addSleeper(sleepers, show() + Math.max(0, ms), signal);
      come();
      return slept;
    },
    during: work.during,
    still: (realMs) =>
      new Promise((wake) => {
        watchers.add({ until: Date.now() + realMs, wake });
        come();
      }),
    stop() {
      stopped = true;
      come();
    },
  };
}

function wakeInOrder(sleepers: readonly Sleeper[]): void {
  for (const { wake } of sleepers.toSorted((a, b) => a.due - b.due)) wake();
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
