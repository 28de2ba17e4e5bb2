import { hasWriters } from '../ecs/tasks.ts';
import { darkSince, faultOn, findDatabase, isDark, noise } from '../model.ts';
import type { Database, State } from '../state.ts';

/** An idle PostgreSQL primary on RDS still archives a log segment this often, which replicas replay. */
const heartbeatMs = 300_000;

const notServing =
  /^(creating|renaming|rebooting|stopping|stopped|starting|deleting|failed|storage-full|incompatible-.*)$/;

export function shownStatus(state: State, database: Database): string {
  return faultOn(state, 'database-status', database)?.status ?? database.status;
}

/** Takes connections, as far as its own state goes. */
export function isServing(state: State, database: Database): boolean {
  return !notServing.test(shownStatus(state, database)) && !isDark(state, database.region);
}

export function acceptsWrites(state: State, database: Database): boolean {
  return database.source === null && isServing(state, database);
}

/**
 * Seconds since the last replayed transaction, as PostgreSQL reports it: it grows with the clock while the primary is
 * silent, whether or not anything is missing. Null where there is no replication.
 */
export function lagSeconds(state: State, database: Database): number | null {
  if (!database.source || database.status === 'creating') return null;
  const usual = 1 + Math.round(noise(`${database.id}/${Math.floor(state.at / 60_000)}`) * 20) / 10;
  const added = faultOn(state, 'replica-lag', database)?.seconds ?? 0;
  return usual + added + silentSeconds(state, database);
}

/** When the newest data in a database was written: a replica's last replay, a primary's last write. */
export function newestDataAt(state: State, database: Database): number {
  const lag = lagSeconds(state, database);
  return lag === null ? database.lastWriteAt : state.at - Math.round(lag * 1000);
}

function silentSeconds(state: State, database: Database): number {
  if (!database.silent) return 0;
  const ms = state.at - database.silent.since;
  return (database.silent.heartbeat ? ms % heartbeatMs : ms) / 1000;
}

/** Notes since when a replica has heard nothing new from its source. */
export function settleSilence(state: State, database: Database): void {
  const heartbeat = sourceHeartbeat(state, database);
  const before = database.silent;
  if (heartbeat === null) database.silent = null;
  else if (before?.heartbeat !== heartbeat) {
    const carried = before?.heartbeat ? (state.at - before.since) % heartbeatMs : 0;
    database.silent = { since: Math.max(state.at - carried, 0), heartbeat };
  }
}

/** null: the source is writing; true: it is idle; false: nothing comes from it at all. */
function sourceHeartbeat(state: State, database: Database): boolean | null {
  if (!database.source) return null;
  const source = findDatabase(state, database.source.region, database.source.id);
  const reachable = source && isServing(state, source) && darkSince(state, database.region) === null;
  if (!reachable || faultOn(state, 'replication-broken', database)) return false;
  return hasWriters(state, source) ? null : true;
}
