import { refuse } from '../refuse.ts';
import type { Database, Task } from '../state.ts';

const allowed = /^[!#-.0-?A-~]{8,128}$/;

/** Until it is taken up the old password is let in, and only that. */
export function keepPassword(database: Database, password: string): void {
  if (!allowed.test(password)) {
    refuse('InvalidParameterValue', 'The parameter MasterUserPassword is not a valid password.');
  }
  database.pendingValues.MasterUserPassword = password;
}

export function takeUpPassword(database: Database, at: number): void {
  const { MasterUserPassword: password, ...rest } = database.pendingValues;
  if (typeof password === 'string') Object.assign(database, { password, passwordSince: at });
  database.pendingValues = rest;
}

/** A task that was connected before the password changed stays so until the instance restarts; others need the new one. */
export function letsIn(task: Pick<Task, 'startedAt' | 'database'>, database: Database): boolean {
  const { password, passwordSince: since = 0, restartedAt } = database;
  const known = task.database.password;
  if (password === undefined || known === undefined || known === password) return true;
  return restartedAt < since && (task.startedAt ?? since) < since;
}
