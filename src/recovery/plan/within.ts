import { setMaxListeners } from 'node:events';
import { FarEndTrouble } from '../../domain/trouble.ts';
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
    .then(() => limit.abort(new FarEndTrouble(sentence, 'timed-out')))
    .catch(() => {});
  try {
    return await work(limit.signal);
  } finally {
    done.abort();
  }
}

/** As `within`, and over even when `work` does not heed its signal: what hangs must not keep a step from its time-out. */
export function cutOff<T>(
  time: RealTime,
  realMs: number,
  sentence: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return within(time, realMs, sentence, (signal) => Promise.race([aborted(signal), work(signal)]));
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
