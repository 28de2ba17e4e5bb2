import { mint, schedule, serviceKey } from '../model.ts';
import type { Deployment, Rollout, Service, State } from '../state.ts';
import { noteService } from './tasks.ts';

/** Failed tasks after which a rollout is given up: half of what is wanted, within these. Source: ECS API reference. */
const fewest = 3;
const most = 200;

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
    reason: null,
    failed: 0,
  };
}

export function newRollout({ id, taskDefinition, createdAt }: Deployment): Rollout {
  return { id, taskDefinition, createdAt, finishedAt: null, status: 'IN_PROGRESS', reason: null, rollback: null };
}

/** The scheduler takes a change up a little later. */
export function actLater(state: State, service: Service, afterMs = state.estate.timings.schedulerMs): void {
  service.actsAt = state.at + afterMs;
  schedule(state, afterMs, 'service.act', serviceKey(service));
}

/** Begins a deployment beside the old one; whatever was under way is overtaken by it. */
export function roll(state: State, service: Service, taskDefinition: string): void {
  for (const open of service.history.filter(({ finishedAt }) => finishedAt === null)) {
    end(state, open, 'STOPPED', 'Overtaken by another deployment.');
  }
  service.history.unshift(newRollout(replacePrimary(state, service, taskDefinition)));
}

function replacePrimary(state: State, service: Service, taskDefinition: string): Deployment {
  for (const old of service.deployments) old.status = 'ACTIVE';
  service.taskDefinition = taskDefinition;
  const primary = newDeployment(state, taskDefinition);
  service.deployments.unshift(primary);
  actLater(state, service);
  return primary;
}

function end(state: State, rollout: Rollout, status: Rollout['status'], reason: string | null): void {
  Object.assign(rollout, { status, reason, finishedAt: state.at });
}

/** What the history keeps of a deployment that has come to rest. */
export function closeRollout(state: State, service: Service, { id }: Deployment): void {
  const own = service.history.find((rollout) => rollout.id === id);
  if (own?.finishedAt === null) end(state, own, 'SUCCESSFUL', null);
  const undone = service.history.find((rollout) => rollout.rollback === id);
  if (undone?.finishedAt === null) end(state, undone, 'ROLLBACK_SUCCESSFUL', undone.reason);
}

/** Counts a failed task; the circuit breaker, where there is one, gives up a rollout after some of them. */
export function countFailure(state: State, service: Service, deployment: Deployment): void {
  deployment.failed += 1;
  if (deployment.failed === fewest) noteService(state, service, 'is unable to consistently start tasks successfully.');
  const rollout = service.history.find(({ id }) => id === deployment.id);
  const threshold = Math.min(most, Math.max(fewest, Math.ceil(service.desired / 2)));
  if (!service.circuitBreaker.enable || rollout?.status !== 'IN_PROGRESS' || deployment.failed < threshold) return;
  giveUp(state, service, deployment, rollout);
}

function giveUp(state: State, service: Service, deployment: Deployment, rollout: Rollout): void {
  const reason = 'ECS deployment circuit breaker: tasks failed to start.';
  Object.assign(deployment, { rollout: 'FAILED', reason, updatedAt: state.at });
  noteService(state, service, `(deployment ${deployment.id}) deployment failed: tasks failed to start.`);
  const last = service.history.find(({ status }) => status === 'SUCCESSFUL');
  if (!service.circuitBreaker.rollback || !last) return end(state, rollout, 'STOPPED', reason);
  const back = replacePrimary(state, service, last.taskDefinition);
  back.reason = `ECS deployment circuit breaker: rolling back to deploymentId ${back.id}.`;
  Object.assign(rollout, { status: 'ROLLBACK_IN_PROGRESS', reason, rollback: back.id });
  noteService(state, service, `(deployment ${deployment.id}) rolling back to deployment ${back.id}.`);
}
