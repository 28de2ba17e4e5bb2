import { faultsOf, forget, isDark, mint, noise, schedule } from '../model.ts';
import { reaches } from '../rds/sealing.ts';
import type { Database, Service, State, Task } from '../state.ts';

const fargateBurst = 100;
const fargatePerSecond = 20;

/** Still runs code: it may write while it drains, and after SIGTERM until its process has ended. */
export function isAlive(task: Task): boolean {
  return task.status === 'RUNNING' || task.status === 'DEACTIVATING' || task.status === 'STOPPING';
}

/** Counts towards what the service wants. */
export function isWanted(task: Task): boolean {
  return task.status === 'PROVISIONING' || task.status === 'PENDING' || task.status === 'RUNNING';
}

/** Has a connection to it; whether that takes writes is the database's own matter. */
export function isConnected(task: Task, database: Database): boolean {
  const { region, id } = task.database;
  return isAlive(task) && region === database.region && id === database.id && reaches(task, database);
}

export function hasWriters(state: State, database: Database): boolean {
  if (isDark(state, database.region)) return false;
  return state.services.some(
    (service) => service.region === database.region && service.tasks.some((task) => isConnected(task, database)),
  );
}

export function noteService(state: State, service: Service, message: string): void {
  service.events.unshift({ id: mint(state, 32), at: state.at, message: `(service ${service.name}) ${message}` });
  service.events.length = Math.min(service.events.length, 100);
}

export function addTask(state: State, service: Service, deployment: string, database: Task['database']): void {
  const id = mint(state, 32);
  service.tasks.push({
    id,
    deployment,
    taskDefinition: service.taskDefinition,
    status: 'PROVISIONING',
    address: `10.${state.estate.regions.indexOf(service.region)}.${addressTail(id)}`,
    zone: `${service.region}${'abc'[service.tasks.length % 3]}`,
    createdAt: state.at,
    startedAt: null,
    stoppedAt: null,
    stoppedReason: null,
    stopCode: null,
    failing: false,
    database,
    unplaced: true,
  });
}

function addressTail(id: string): string {
  return `${Number.parseInt(id.slice(0, 2), 16)}.${Number.parseInt(id.slice(2, 4), 16)}`;
}

/** Gives unplaced tasks a place, as far as capacity, the quota and Fargate's launch rate allow; says why not. */
export function placeTasks(state: State, service: Service): void {
  const waiting = service.tasks.filter((task) => task.unplaced && task.status === 'PROVISIONING');
  const room = Math.min(roomByCapacity(state, service), roomByQuota(state, service));
  for (const task of waiting.slice(0, room)) launch(state, service, task);
  if (waiting.length > room) complain(state, service);
}

function roomByCapacity(state: State, service: Service): number {
  const fault = faultsOf(state, 'tasks-do-not-start').find(
    (f) => f.region === service.region && f.cluster === service.cluster && f.service === service.name,
  );
  if (!fault) return Number.POSITIVE_INFINITY;
  if (fault.short === undefined) return 0;
  const placed = service.tasks.filter((task) => isWanted(task) && !task.unplaced).length;
  return Math.max(0, service.desired - fault.short - placed);
}

function roomByQuota(state: State, service: Service): number {
  const quota = state.estate.quotas.find((q) => q.service === 'fargate' && q.region === service.region);
  if (!quota) return Number.POSITIVE_INFINITY;
  const used = state.services
    .filter((other) => other.region === service.region)
    .flatMap((other) => other.tasks.filter((task) => task.status !== 'STOPPED' && !task.unplaced).map(() => other.cpu))
    .reduce((sum, cpu) => sum + cpu, 0);
  return Math.max(0, Math.floor((quota.value * 1024 - used) / service.cpu));
}

function complain(state: State, service: Service): void {
  const byQuota = roomByQuota(state, service) < 1;
  const reason = byQuota
    ? "You've reached the limit on the number of vCPUs you can run concurrently."
    : 'Capacity is unavailable at this time. Please try again later or in a different availability zone.';
  noteService(state, service, `was unable to place a task. Reason: ${reason}`);
}

function launch(state: State, service: Service, task: Task): void {
  const { taskPendingMs, taskRunningMs, taskSpreadMs } = state.estate.timings;
  const waitMs = takeLaunch(state, service);
  task.unplaced = false;
  schedule(state, waitMs + taskPendingMs, 'task.pending', task.id);
  schedule(state, waitMs + taskRunningMs + Math.floor(noise(task.id) * taskSpreadMs), 'task.running', task.id);
}

/** Milliseconds until Fargate's launch allowance has room for one more. */
function takeLaunch(state: State, service: Service): number {
  const { launches } = service;
  const refilled = ((state.at - launches.refilledAt) / 1000) * fargatePerSecond;
  launches.left = Math.min(fargateBurst, launches.left + refilled) - 1;
  launches.refilledAt = state.at;
  return launches.left >= 0 ? 0 : Math.ceil((-launches.left / fargatePerSecond) * 1000);
}

export function stopTask(state: State, service: Service, task: Task, reason: string): void {
  Object.assign(task, { stoppedReason: reason, stopCode: 'ServiceSchedulerInitiated' });
  if (task.status !== 'RUNNING') return endTask(state, task);
  const drainMs = state.estate.targetGroups.find((group) => group.arn === service.targetGroup)?.drainMs ?? 0;
  task.status = 'DEACTIVATING';
  schedule(state, drainMs, 'task.stopping', task.id);
  schedule(state, drainMs + state.estate.timings.taskStoppingMs, 'task.stopped', task.id);
}

export function endTask(state: State, task: Task): void {
  forget(state, 'task.pending', task.id);
  forget(state, 'task.running', task.id);
  task.status = 'STOPPED';
  task.stoppedAt = state.at;
}
