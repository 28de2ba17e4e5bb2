import type { Clock } from '../../domain/ports/clock.ts';

/** Runs `work` with a signal that aborts after `realMs` of real time, whatever this clock's pace. */
export async function within<T>(
  clock: Clock,
  realMs: number,
  sentence: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const done = new AbortController();
  clock
    .sleep(realMs * clock.scale, done.signal)
    .then(() => limit.abort(new Error(sentence)))
    .catch(() => {});
  try {
    return await work(limit.signal);
  } finally {
    done.abort();
  }
}
