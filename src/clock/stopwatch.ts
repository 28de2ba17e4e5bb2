import { performance } from 'node:perf_hooks';
import { systemClock } from './system-clock.ts';

/** Real time that never goes back, whatever a scaled clock shows: for leases, locks and retries. */
export interface Stopwatch {
  /** Milliseconds since some moment. */
  elapsed(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const stopwatch: Stopwatch = { elapsed: () => performance.now(), sleep: systemClock.sleep };
