import { faultOn, isDark, schedule } from '../model.ts';
import type { Database, Due, State } from '../state.ts';
import { snapshotKey, takeContents } from './snapshot.ts';
import { automatedName, dayMs, defaultKey, lastBackupAt, type Snapshot } from './state.ts';

const daily = 'daily';

/** The backup of every day; a dark Region takes none. */
export function scheduleBackups(state: State): void {
  schedule(state, lastBackupAt(state.at) + dayMs - state.at, 'snapshot.next', daily);
}

export function runSnapshot(state: State, due: Due): void {
  if (due.subject === daily) return runDaily(state);
  const snapshot = state.rds.snapshots.find((one) => snapshotKey(one) === due.subject);
  if (snapshot?.status === 'creating') snapshot.status = comesToNothing(state, snapshot) ? 'failed' : 'available';
}

/** A copy that can no longer read its source fails, and so does one that is told to. */
function comesToNothing(state: State, { region, database, copyOf }: Snapshot): boolean {
  const cutOff = copyOf !== null && copyOf.region !== region && isDark(state, copyOf.region);
  return cutOff || faultOn(state, 'snapshot-fails', { region, id: database }) !== undefined;
}

function runDaily(state: State): void {
  scheduleBackups(state);
  const backedUp = state.databases.filter((one) => one.backupRetentionDays > 0 && !isDark(state, one.region));
  for (const database of backedUp) {
    state.rds.snapshots.push(takeAutomated(state, database));
    const keptSince = state.at - database.backupRetentionDays * dayMs;
    state.rds.snapshots = state.rds.snapshots.filter((one) => !isOf(one, database) || one.takenAt > keptSince);
  }
}

function takeAutomated(state: State, database: Database): Snapshot {
  const { at } = state;
  const { region, id } = database;
  return {
    ...{ region, id: automatedName(id, at), database: id, type: 'automated', status: 'available' },
    ...{ begunAt: at, readyAt: at, takenAt: at, copyOf: null, tags: {} },
    kmsKey: defaultKey(state.estate, region),
    contents: takeContents(state, database),
  };
}

/** Automated snapshots go with their database; manual ones stay. */
export function dropAutomated(state: State, database: Database): void {
  state.rds.snapshots = state.rds.snapshots.filter((one) => !isOf(one, database));
}

/** Automated snapshots follow the database that they are of. */
export function renameAutomated(state: State, database: Database, id: string): void {
  for (const one of state.rds.snapshots) if (isOf(one, database)) one.database = id;
}

function isOf(snapshot: Snapshot, { region, id }: Pick<Database, 'region' | 'id'>): boolean {
  return snapshot.type === 'automated' && snapshot.region === region && snapshot.database === id;
}
