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

/** A change of count or deployment on its way, from `from` to `to` tasks. */
interface Ramp {
  from: number;
  to: number;
  since: number;
  deployment: string | undefined;
}

export interface EcsTiming {
  ecsRampMs: number;
  tasks: 'start' | 'never-start';
}

/** Tasks behind a target group, with the time at which each began to run; undefined for a group without a service. */
export type TasksOf = (targetGroupArn: string) => { running: number; since: number } | undefined;

/** Tasks that start over `ecsRampMs` instead of at once, with a rollout that goes IN_PROGRESS and then COMPLETED. */
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
      if (call.service !== 'ecs' || call.operation !== 'UpdateService') return undefined;
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
  if (timing.tasks === 'never-start') return Math.min(ramp.from, ramp.to);
  const share = Math.min(1, (Date.now() - ramp.since) / Math.max(1, timing.ecsRampMs));
  return ramp.from + Math.trunc((ramp.to - ramp.from) * share);
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
