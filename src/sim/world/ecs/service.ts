import type { Service, State } from '../state.ts';
import { databaseFor } from './connection.ts';
import { doomTasks } from './failing.ts';
import { actLater, closeRollout, primaryOf } from './rollout.ts';
import { addTask, isWanted, noteService, placeTasks, stopTask } from './tasks.ts';

/** How long a stopped task can still be described. */
const keepStoppedMs = 3_600_000;

/** A scale keeps the deployment's id. */
export function setDesired(state: State, service: Service, desired: number): void {
  if (service.desired === desired) return;
  service.desired = desired;
  service.desiredSince = state.at;
  const primary = primaryOf(service);
  primary.updatedAt = state.at;
  if (primary.rollout === 'COMPLETED') primary.rollout = 'IN_PROGRESS';
  actLater(state, service);
}

/** Brings a service's tasks towards what it wants; called whenever anything changed. */
export function settleService(state: State, service: Service): void {
  doomTasks(state, service);
  if (state.at < service.actsAt) return;
  const primary = primaryOf(service);
  const mine = service.tasks.filter((task) => task.deployment === primary.id && isWanted(task));
  const missing = service.desired - mine.length;
  if (missing > 0 && primary.rollout !== 'FAILED') startTasks(state, service, missing);
  else if (missing <= 0) stopSurplus(state, service, -missing);
  retireOld(state, service);
  complete(state, service);
}

function startTasks(state: State, service: Service, count: number): void {
  const database = databaseFor(state, service, service.taskDefinition);
  for (let added = 0; added < count; added += 1) addTask(state, service, primaryOf(service).id, database);
  noteService(state, service, `has started ${count} tasks.`);
  placeTasks(state, service);
}

function stopSurplus(state: State, service: Service, count: number): void {
  if (count === 0) return;
  const order = ['PROVISIONING', 'PENDING', 'RUNNING'];
  const surplus = service.tasks
    .filter((task) => task.deployment === primaryOf(service).id && isWanted(task))
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || b.createdAt - a.createdAt)
    .slice(0, count);
  for (const task of surplus) stopTask(state, service, task, 'Scaling activity initiated by the service scheduler');
  noteService(state, service, `has stopped ${surplus.length} running tasks.`);
}

/** Old deployments give way once the new one runs as many tasks as are wanted. */
function retireOld(state: State, service: Service): void {
  const primary = primaryOf(service);
  const up = service.tasks.filter((task) => task.deployment === primary.id && task.status === 'RUNNING');
  if (up.filter((task) => !task.failing).length >= service.desired) {
    for (const task of service.tasks) {
      if (task.deployment !== primary.id && isWanted(task))
        stopTask(state, service, task, 'Replaced by a new deployment');
    }
  }
  const inUse = new Set(service.tasks.filter((task) => task.status !== 'STOPPED').map((task) => task.deployment));
  service.deployments = service.deployments.filter((d) => d.status === 'PRIMARY' || inUse.has(d.id));
}

function complete(state: State, service: Service): void {
  const primary = primaryOf(service);
  if (primary.rollout !== 'IN_PROGRESS') return;
  const busy = service.tasks.filter((task) => task.status !== 'STOPPED');
  const steady = busy.length === service.desired && busy.every((task) => task.status === 'RUNNING' && !task.failing);
  if (!steady) return;
  Object.assign(primary, { rollout: 'COMPLETED', updatedAt: state.at, failed: 0 });
  closeRollout(state, service, primary);
  noteService(state, service, 'has reached a steady state.');
}

/** Once a minute: tries again to place what found no place, and forgets tasks stopped long ago. */
export function tickService(state: State, service: Service): void {
  if (service.tasks.some((task) => task.unplaced && task.status === 'PROVISIONING')) placeTasks(state, service);
  const forgotten = state.at - keepStoppedMs;
  service.tasks = service.tasks.filter((task) => task.stoppedAt === null || task.stoppedAt > forgotten);
}
