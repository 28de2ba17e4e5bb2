import type { Clock } from '../../src/domain/ports/clock.ts';

export interface ManualClock extends Clock {
  /** Moves time on, waking every sleeper that is due on the way, in order. */
  advance(ms: number): Promise<void>;
}

interface Sleeper {
  due: number;
  wake(): void;
}

/** Time that moves only when told to; with `skip`, a sleep moves it by itself and returns at once. */
export function createManualClock(start = '2026-11-21T12:00:00Z', options: { skip?: boolean } = {}): ManualClock {
  let now = Date.parse(start);
  const sleepers = new Set<Sleeper>();

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (options.skip) now += Math.max(0, ms);
      if (options.skip || ms <= 0) return resolve();
      const abort = (): void => {
        sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const wake = (): void => {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper: Sleeper = { due: now + ms, wake };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', abort, { once: true });
    });

  const advance = async (ms: number): Promise<void> => {
    const until = now + ms;
    for (;;) {
      const next = [...sleepers].sort((a, b) => a.due - b.due)[0];
      if (!next || next.due > until) break;
      now = Math.max(now, next.due);
      next.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    now = until;
  };

  return { scale: 1, now: () => new Date(now), sleep, advance };
}
