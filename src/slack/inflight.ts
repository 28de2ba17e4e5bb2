import type { Clock } from '../domain/ports/clock.ts';

/** Work that has begun and not ended: a stop waits for it. */
export interface Inflight {
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is left, or after `ms` of real time; says how much was left. */
  drain(ms: number): Promise<number>;
}

export function createInflight(real: Clock): Inflight {
  const open = new Set<Promise<unknown>>();
  return {
    track(work) {
      const tracked = work.catch(() => {}).finally(() => open.delete(tracked));
      open.add(tracked);
      return work;
    },
    async drain(ms) {
      const stop = new AbortController();
      const late = real.sleep(ms, stop.signal).catch(() => {});
      await Promise.race([late, settleAll(open)]);
      stop.abort();
      return open.size;
    },
  };
}

async function settleAll(open: Set<Promise<unknown>>): Promise<void> {
  while (open.size > 0) await Promise.allSettled([...open]);
}
