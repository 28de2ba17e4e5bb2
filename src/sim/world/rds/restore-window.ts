import type { Database, State } from '../state.ts';
import { dayMs } from './state.ts';

/** Logs are shipped every five minutes: until then there is nothing newer to restore to. */
const shippedLateMs = 180_000;

/** What a database can be restored to, or null while it has no automated backup. */
export function restoreWindow(state: State, database: Database): { from: number; until: number } | null {
  if (database.backupRetentionDays === 0 || database.status === 'creating') return null;
  const from = Math.max(database.createdAt, state.at - database.backupRetentionDays * dayMs);
  const until = state.at - shippedLateMs;
  return from < until ? { from, until } : null;
}
