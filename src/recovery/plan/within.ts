import { setMaxListeners } from 'node:events';
import type { RealTime } from '../deps.ts';

/** Runs `work` with a signal that aborts after `realMs` of real time, whatever a scaled clock shows. */
export async function within<T>(
  time: RealTime,
  realMs: number,
  sentence: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const done = new AbortController();
  // Every reading of a plan heeds this one signal.
  setMaxListeners(0, limit.signal);
  time
    .sleep(realMs, done.signal)
    .then(() => limit.abort(new Error(sentence)))
    .catch(() => {});
  try {
    return await work(limit.signal);
  } finally {
    done.abort();
  }
}
