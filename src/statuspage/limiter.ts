import { createHash } from 'node:crypto';
import PQueue from 'p-queue';
import { limited } from './failure.ts';

/** What paces the requests of one key: Statuspage counts them for the key, whoever in this process makes them. */
export interface KeyLimiter {
  /** Rejects with `StatuspageFailure` at once while the key is to wait. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Statuspage has said that the key is to wait this many real milliseconds. */
  wait(ms: number): void;
}

/** One key is answered slowly now and then: others need not wait for that answer, only for their turn. */
const sideBySide = 4;
const limiters = new Map<string, KeyLimiter>();

/** The limiter that all users of a key at one address share; `elapsed` are real milliseconds. */
export function limiterOf(of: { baseUrl: string; key: string; spacingMs: number; elapsed(): number }): KeyLimiter {
  const name = `${of.baseUrl} ${createHash('sha256').update(of.key).digest('hex')}`;
  const limiter = limiters.get(name) ?? createLimiter(of);
  limiters.set(name, limiter);
  return limiter;
}

function createLimiter({ spacingMs, elapsed }: { spacingMs: number; elapsed(): number }): KeyLimiter {
  const queue = new PQueue({ concurrency: sideBySide, interval: spacingMs, intervalCap: 1, strict: true });
  let openAt = 0;
  const assertOpen = (): void => {
    const left = openAt - elapsed();
    if (left > 0) throw limited(left);
  };
  return {
    run: async (work) => {
      assertOpen();
      return queue.add(async () => {
        assertOpen();
        return work();
      });
    },
    wait: (ms) => {
      openAt = Math.max(openAt, elapsed() + ms);
    },
  };
}
