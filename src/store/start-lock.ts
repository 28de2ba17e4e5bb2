import type { Pool } from 'pg';
import { stopwatch } from '../clock/stopwatch.ts';

/** Any fixed number: processes that start together take turns on it. */
const lock = 7_405_110_332;
const retryMs = 100;

/**
 * Runs `work` in one process at a time. It asks again and again: a session that waited inside a statement would in turn
 * be waited for by an index that is built concurrently, and neither would end.
 */
export async function withStartLock<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    while (!(await tryLock())) await stopwatch.sleep(retryMs);
    return await work();
  } finally {
    // With its session goes the lock.
    client.release(true);
  }

  async function tryLock(): Promise<boolean> {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [lock]);
    return rows[0]?.locked === true;
  }
}
