import type { Fault } from '../fault.ts';
import { faultOn, findDatabase, schedule } from '../model.ts';
import { refuse } from '../refuse.ts';
import type { Database, DatabaseWork, Due, State } from '../state.ts';
import { lagSeconds, newestDataAt, shownStatus } from './lag.ts';
import { takeUpPassword } from './password.ts';
import { dropAutomated, renameAutomated } from './run-snapshot.ts';

type Steps = { status: string; forMs: number }[];

const retryMs = 15_000;

export function databaseKey(database: Pick<Database, 'region' | 'id'>): string {
  return `${database.region}/${database.id}`;
}

export function noteEvent(state: State, database: Database, message: string, ...categories: string[]): void {
  database.events.push({ at: state.at, message, categories });
}

export function needDatabase(state: State, region: string, id: string | undefined): Database {
  const database = findDatabase(state, region, id ?? '');
  return database ?? refuse('DBInstanceNotFoundFault', `DBInstance ${id} not found.`, 404);
}

export function needAvailable(state: State, database: Database): void {
  const status = shownStatus(state, database);
  if (status === 'available') return;
  const why = `Instance ${database.id} is in state ${status}; this needs it to be available.`;
  refuse('InvalidDBInstanceStateFault', why);
}

/** Carries a database through states that each last a while. */
export function beginWork(state: State, database: Database, what: DatabaseWork, steps: Steps): void {
  database.doing = { what, steps };
  enterStep(state, database);
}

function enterStep(state: State, database: Database): void {
  const step = database.doing?.steps[0];
  if (!step) return finishWork(state, database);
  database.status = step.status;
  if (step.status === 'rebooting') database.restartedAt = state.at;
  schedule(state, step.forMs, 'database.next', databaseKey(database));
}

export function runDatabaseNext(state: State, due: Due): void {
  const database = state.databases.find((other) => databaseKey(other) === due.subject);
  if (!database?.doing) return;
  if (database.doing.what === 'promote') {
    const stuck = faultOn(state, 'promotion-never-ends', database);
    if (stuck) return schedule(state, retryMs, 'database.next', due.subject);
    const broken = faultOn(state, 'promotion-fails', database);
    if (broken) return failWork(state, database, 'promotion', broken.status);
  }
  const restored = /^restore (.+)$/.exec(database.doing.what)?.[1];
  const ruined = restored && faultOn(state, 'restore-fails', { region: database.region, id: restored });
  if (ruined) return failWork(state, database, 'restore', ruined.status);
  database.doing.steps.shift();
  enterStep(state, database);
}

function failWork(state: State, database: Database, what: string, status: string): void {
  database.doing = null;
  database.status = status;
  noteEvent(state, database, `The ${what} did not finish: the DB instance is in the ${status} state.`, 'failure');
}

/** Whoever clears a promotion's fault has also brought back the instance that it left broken: it can be tried again. */
export function repairPromotions(state: State, cleared: readonly Fault[]): void {
  for (const fault of cleared) {
    if (fault.kind !== 'promotion-fails') continue;
    const database = state.databases.find(({ region, id }) => region === fault.region && id === fault.instance);
    if (database?.doing === null && database.status === fault.status) database.status = 'available';
  }
}

function finishWork(state: State, database: Database): void {
  const what = database.doing?.what;
  database.doing = null;
  database.status = what === 'stop' ? 'stopped' : 'available';
  if (what === 'promote') return finishPromotion(state, database);
  if (what === 'password') takeUpPassword(database, state.at);
  if (what === 'delete') {
    state.databases = state.databases.filter((other) => other !== database);
    dropAutomated(state, database);
  }
  if (what === 'create') noteEvent(state, database, 'Replication for the read replica started.', 'read replica');
  if (what?.startsWith('rename ')) rename(state, database, what.slice('rename '.length));
  if (what === 'modify' || what === 'reboot')
    noteEvent(state, database, `Finished the ${what}.`, 'configuration change');
}

function finishPromotion(state: State, database: Database): void {
  const lostSeconds = lagSeconds(state, database) ?? 0;
  state.promotions.push({ at: state.at, region: database.region, id: database.id, lostSeconds });
  database.lastWriteAt = newestDataAt(state, database);
  database.source = null;
  database.silent = null;
  noteEvent(state, database, 'Promoted the read replica to a standalone DB instance.', 'read replica', 'notification');
}

function rename(state: State, database: Database, id: string): void {
  for (const other of state.databases) {
    if (other.source?.region === database.region && other.source.id === database.id) other.source.id = id;
  }
  renameAutomated(state, database, id);
  database.id = id;
}
