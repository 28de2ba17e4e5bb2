import { faultsOf, schedule } from '../model.ts';
import type { Due, Service, State, Task } from '../state.ts';
import { findDefinition } from './definition.ts';
import { actLater, countFailure } from './rollout.ts';
import { endTask, noteService } from './tasks.ts';

type Break = { stopCode: NonNullable<Task['stopCode']>; reason: string; starts: boolean };

/** What a fault makes of a task's image; null while it works. */
function breakOf(state: State, service: Service, task: Task): Break | null {
  const images = findDefinition(state, service.region, task.taskDefinition)?.containers.map(({ image }) => image) ?? [];
  const fault = faultsOf(state, 'image-broken').find(
    ({ region, image }) => region === service.region && images.includes(image),
  );
  if (!fault) return null;
  if (fault.how === 'exits') {
    return { stopCode: 'EssentialContainerExited', reason: 'Essential container in task exited', starts: true };
  }
  const reason = `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${fault.image}`;
  return { stopCode: 'TaskFailedToStart', reason, starts: false };
}

/** Whether the task cannot even start. */
export function failsToStart(state: State, service: Service, task: Task): boolean {
  return breakOf(state, service, task)?.starts === false;
}

/** Running tasks whose image is broken end by themselves after a while. */
export function doomTasks(state: State, service: Service): void {
  if (faultsOf(state, 'image-broken').length === 0) return;
  for (const task of service.tasks) {
    if (task.status !== 'RUNNING' || task.failing || !breakOf(state, service, task)?.starts) continue;
    task.failing = true;
    schedule(state, state.estate.timings.taskExitsMs, 'task.fails', task.id);
  }
}

export function runTaskFails(state: State, due: Due): void {
  const service = state.services.find(({ tasks }) => tasks.some(({ id }) => id === due.subject));
  const task = service?.tasks.find(({ id }) => id === due.subject);
  if (!service || !task) return;
  task.failing = false;
  if (task.status === 'RUNNING' && breakOf(state, service, task)) failTask(state, service, task);
}

/** The task has ended by itself; another is tried a while later. */
export function failTask(state: State, service: Service, task: Task): void {
  const { stopCode, reason } = breakOf(state, service, task) ?? { stopCode: null, reason: 'It ended by itself' };
  Object.assign(task, { stopCode, stoppedReason: reason });
  endTask(state, task);
  noteService(state, service, `(task ${task.id}) stopped: ${reason}.`);
  const deployment = service.deployments.find(({ id }) => id === task.deployment);
  actLater(state, service, state.estate.timings.taskRetryMs);
  if (deployment) countFailure(state, service, deployment);
}
