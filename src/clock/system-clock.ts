import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../domain/ports/clock.ts';

/** The longest that Node's timers wait in one go. */
const longestTimerMs = 2_147_483_647;

/** The machine's own time. */
export const systemClock: Clock = {
  scale: 1,
  now: () => new Date(),
  sleep: sleepFor,
};

async function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  let left = Math.max(0, ms);
  do {
    const part = Math.min(left, longestTimerMs);
    await waitOnce(part, signal);
    left -= part;
  } while (left > 0);
}

async function waitOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
