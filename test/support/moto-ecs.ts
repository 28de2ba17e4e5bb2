import { type EcsTiming, type Ramp, runningAt } from './moto-ramp.ts';
import { describeTasks, listTasks } from './moto-tasks.ts';
import type { Realism } from './moto-wire.ts';

interface Service {
  serviceArn: string;
  serviceName: string;
  desiredCount: number;
  runningCount: number;
  pendingCount: number;
  loadBalancers: { targetGroupArn?: string }[];
  deployments: Record<string, unknown>[];
  events: unknown[];
}

/** Tasks behind a target group, with the time at which each began to run; undefined for a group without a service. */
export type TasksOf = (targetGroupArn: string) => { running: number; since: number } | undefined;

/**
 * Tasks that start over `ecsRampMs` instead of at once, with a rollout that goes IN_PROGRESS and then COMPLETED; those
 * that are told to stop are listed as STOPPING a while longer than the service counts them.
 */
export function createEcsRealism(timing: EcsTiming): Realism & { tasksOf: TasksOf } {
  const ramps = new Map<string, Ramp>();
  const groups = new Map<string, string>();

  function learn(before: number, service: Service, fields: Record<string, unknown>): void {
    const forced = fields.forceNewDeployment === true || typeof fields.taskDefinition === 'string';
    const earlier = ramps.get(service.serviceArn);
    ramps.set(service.serviceArn, {
      from: before,
      to: service.desiredCount,
      since: Date.now(),
      deployment: forced ? `ecs-svc/${9_000_000_000 + ramps.size}${Date.now()}` : earlier?.deployment,
    });
    for (const { targetGroupArn } of service.loadBalancers) {
      if (targetGroupArn !== undefined) groups.set(targetGroupArn, service.serviceArn);
    }
  }

  return {
    before: async (call, forward) => {
      if (call.service !== 'ecs') return undefined;
      if (call.operation === 'ListTasks') return listTasks(call, ramps, timing);
      if (call.operation === 'DescribeTasks') return describeTasks(call, ramps, timing);
      if (call.operation !== 'UpdateService') return undefined;
      const reply = await forward(call);
      if (reply.status !== 200) return reply;
      const { service } = JSON.parse(reply.body) as { service: Service };
      const earlier = ramps.get(service.serviceArn);
      const initial = Number(service.deployments[0]?.desiredCount ?? 0);
      learn(earlier === undefined ? initial : runningNow(earlier, timing), service, call.fields);
      return { ...reply, body: JSON.stringify({ service: dress(service, ramps, timing) }) };
    },
    after: (call, reply) => {
      if (call.service !== 'ecs' || call.operation !== 'DescribeServices' || reply.status !== 200) return reply;
      const answer = JSON.parse(reply.body) as { services: Service[] };
      answer.services = answer.services.map((service) => dress(service, ramps, timing));
      return { ...reply, body: JSON.stringify(answer) };
    },
    tasksOf: (targetGroupArn) => {
      const ramp = ramps.get(groups.get(targetGroupArn) ?? '');
      return ramp && { running: runningNow(ramp, timing), since: ramp.since };
    },
  };
}

function runningNow(ramp: Ramp, timing: EcsTiming): number {
  return runningAt(ramp, timing, Date.now());
}

function dress(service: Service, ramps: ReadonlyMap<string, Ramp>, timing: EcsTiming): Service {
  const steady = { from: service.desiredCount, to: service.desiredCount, since: 0, deployment: undefined };
  const ramp = ramps.get(service.serviceArn) ?? steady;
  const running = runningNow(ramp, timing);
  const done = running === ramp.to && Date.now() - ramp.since >= timing.ecsRampMs;
  const counts = { desiredCount: ramp.to, runningCount: running, pendingCount: Math.max(0, ramp.to - running) };
  const [primary, ...others] = service.deployments;
  const id = ramp.deployment ?? primary?.id;
  const rolloutState = done ? 'COMPLETED' : 'IN_PROGRESS';
  const unplaced = { id: 'unplaced', createdAt: Date.now() / 1000, message: unplacedMessage(service.serviceName) };
  return {
    ...service,
    ...counts,
    deployments: [{ ...primary, id, ...counts, rolloutState, updatedAt: ramp.since / 1000 }, ...others],
    events: timing.tasks === 'never-start' && !done ? [unplaced] : service.events,
  };
}

function unplacedMessage(name: string): string {
  return `(service ${name}) was unable to place a task. Reason: Capacity is unavailable at this time.`;
}
