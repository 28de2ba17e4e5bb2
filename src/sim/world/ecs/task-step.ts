import type { Due, State } from '../state.ts';
import { failsToStart, failTask } from './failing.ts';
import { endTask } from './tasks.ts';

/** What a task comes to next. */
export function runTaskStep(state: State, due: Due): void {
  const service = state.services.find(({ tasks }) => tasks.some(({ id }) => id === due.subject));
  const task = service?.tasks.find(({ id }) => id === due.subject);
  if (!service || !task) return;
  if (due.what === 'task.stopped') endTask(state, task);
  else if (due.what === 'task.stopping') task.status = 'STOPPING';
  else if (due.what === 'task.pending') task.status = 'PENDING';
  else if (failsToStart(state, service, task)) failTask(state, service, task);
  else Object.assign(task, { status: 'RUNNING', startedAt: state.at });
}
