import { stopwatch } from '../clock/stopwatch.ts';

/** Who asks how Muster is waits no longer than this, in milliseconds of real time. */
const answerMs = 3_000;

/** The reading, or the sentence that it did not come in time: the engine itself asks a silent database without end. */
export async function inTime<T>(reading: Promise<T>): Promise<T | string> {
  const answered = new AbortController();
  const late = stopwatch.sleep(answerMs, answered.signal).then(() => `no answer within ${answerMs / 1000} seconds`);
  try {
    return await Promise.race([reading, late]);
  } finally {
    answered.abort();
  }
}
