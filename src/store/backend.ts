import type { Pool } from 'pg';
import { assertOutsideTx } from './guard.ts';

/** Where a store's rows are: a pool, and how to let go of what is behind it. */
export interface Backend {
  kind: 'postgres' | 'embedded';
  pool: Pool;
  close(): Promise<void>;
}

/** Makes every way into the pool throw while the caller is inside a transaction. */
export function guardPool(pool: Pool): Pool {
  const connect = pool.connect.bind(pool) as (callback?: unknown) => Promise<unknown>;
  const guarded = (callback?: (error: Error) => void): unknown => {
    try {
      assertOutsideTx('The pool (or a workflow engine on it)');
    } catch (error) {
      if (!callback) return Promise.reject(error);
      return process.nextTick(callback, error);
    }
    return connect(callback);
  };
  pool.connect = guarded as typeof pool.connect;
  // An idle connection that dies is replaced at the next use.
  pool.on('error', () => undefined);
  return pool;
}
