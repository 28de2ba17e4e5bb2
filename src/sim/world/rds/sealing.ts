import { admitsAnybody } from '../ec2/state.ts';
import type { Database, State, Task } from '../state.ts';
import { letsClientsIn } from './network.ts';
import { letsIn } from './password.ts';

/** Whether a new connection from an application gets through to it. */
export function admitsClients(state: State, database: Database): boolean {
  return letsClientsIn(database) && admitsAnybody(state, database.region, database.securityGroups);
}

/** Notes since when nobody gets in any more: what is connected by then stays so until the instance restarts. */
export function settleSeal(state: State, database: Database): void {
  if (admitsClients(state, database)) database.sealedAt = null;
  else database.sealedAt ??= state.at;
}

/** Whether a task that runs has a connection: neither groups nor a new password cut those that were let in before. */
export function reaches(task: Pick<Task, 'startedAt' | 'database'>, database: Database): boolean {
  const { sealedAt, restartedAt } = database;
  const through = sealedAt === null || (restartedAt < sealedAt && (task.startedAt ?? sealedAt) < sealedAt);
  return through && letsIn(task, database);
}
