import { mint, schedule, serviceKey } from '../model.ts';
import type { Deployment, Service, State } from '../state.ts';
import { addTask, isWanted, noteService, placeTasks, stopTask } from './tasks.ts';

/** How long a stopped task can still be described. */
const keepStoppedMs = 3_600_000;

export function primaryOf(service: Service): Deployment {
  const primary = service.deployments.find((deployment) => deployment.status === 'PRIMARY');
  if (!primary) throw new Error(`The simulated service ${service.name} has no primary deployment.`);
  return primary;
}

export function newDeployment(state: State, taskDefinition: string): Deployment {
  return {
    id: `ecs-svc/${Number.parseInt(mint(state, 13), 16)}`,
    status: 'PRIMARY',
    taskDefinition,
    createdAt: state.at,
    updatedAt: state.at,
    rollout: 'IN_PROGRESS',
  };
}

/** A scale keeps the deployment's id; `roll` starts a new one beside the old. */
export function setDesired(state: State, service: Service, desired: number): void {
  if (service.desired === desired) return;
  service.desired = desired;
  service.desiredSince = state.at;
  const primary = primaryOf(service);
  primary.rollout = 'IN_PROGRESS';
  primary.updatedAt = state.at;
  actLater(state, service);
}

function actLater(state: State, service: Service): void {
  const { schedulerMs } = state.estate.timings;
  service.actsAt = state.at + schedulerMs;
  schedule(state, schedulerMs, 'service.act', serviceKey(service));
}

export function roll(state: State, service: Service, taskDefinition: string): void {
  for (const old of service.deployments) old.status = 'ACTIVE';
  service.taskDefinition = taskDefinition;
  service.deployments.unshift(newDeployment(state, taskDefinition));
  actLater(state, service);
}

/** Brings a service's tasks towards what it wants; called whenever anything changed. */
export function settleService(state: State, service: Service): void {
  if (state.at < service.actsAt) return;
  const primary = primaryOf(service);
  const mine = service.tasks.filter((task) => task.deployment === primary.id && isWanted(task));
  if (mine.length < service.desired) startTasks(state, service, service.desired - mine.length);
  else stopSurplus(state, service, mine.length - service.desired);
  retireOld(state, service);
  complete(state, service);
}

function startTasks(state: State, service: Service, count: number): void {
  for (let added = 0; added < count; added += 1) addTask(state, service, primaryOf(service).id);
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
  const running = service.tasks.filter((task) => task.deployment === primary.id && task.status === 'RUNNING').length;
  if (running >= service.desired) {
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
  if (primary.rollout === 'COMPLETED') return;
  const busy = service.tasks.filter((task) => task.status !== 'STOPPED');
  const steady = busy.length === service.desired && busy.every((task) => task.status === 'RUNNING');
  if (!steady) return;
  primary.rollout = 'COMPLETED';
  primary.updatedAt = state.at;
  noteService(state, service, 'has reached a steady state.');
}

/** Once a minute: tries again to place what found no place, and forgets tasks stopped long ago. */
export function tickService(state: State, service: Service): void {
  if (service.tasks.some((task) => task.unplaced && task.status === 'PROVISIONING')) placeTasks(state, service);
  const forgotten = state.at - keepStoppedMs;
  service.tasks = service.tasks.filter((task) => task.stoppedAt === null || task.stoppedAt > forgotten);
}
