import type { TargetHealth, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { faultsOf, isDark } from '../model.ts';
import type { State, Task } from '../state.ts';

export interface Target {
  task: Task;
  health: TargetHealth;
}

/** Tasks registered with a target group: running ones, and those that still drain. */
export function targetsOf(state: State, arn: string): Target[] {
  const service = state.services.find((one) => one.targetGroup === arn);
  const tasks = service?.tasks.filter((task) => task.status === 'RUNNING' || task.status === 'DEACTIVATING') ?? [];
  return tasks.map((task) => ({ task, health: healthOf(state, arn, task) }));
}

function healthOf(state: State, arn: string, task: Task): TargetHealth {
  if (task.status === 'DEACTIVATING') {
    return {
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    };
  }
  if (faultsOf(state, 'targets-unhealthy').some((fault) => fault.targetGroup === arn)) {
    return { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' };
  }
  const upFor = state.at - (task.startedAt ?? state.at);
  if (upFor < state.estate.timings.targetHealthyMs) {
    return { State: 'initial', Reason: 'Elb.InitialHealthChecking', Description: 'Initial health checks in progress' };
  }
  return { State: 'healthy' };
}

/** Targets that would answer a request now. */
export function healthyCount(state: State, arn: string): number {
  const group = state.estate.targetGroups.find((one) => one.arn === arn);
  if (!group || isDark(state, group.region)) return 0;
  return targetsOf(state, arn).filter((target) => target.health.State === 'healthy').length;
}

export function toHealthDescription(target: Target): TargetHealthDescription {
  const { address: Id, zone } = target.task;
  return {
    Target: { Id, Port: 8080, AvailabilityZone: zone },
    HealthCheckPort: '8080',
    TargetHealth: target.health,
  };
}
