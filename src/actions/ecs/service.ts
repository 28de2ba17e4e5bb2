import {
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
  type ScalableTarget,
} from '@aws-sdk/client-application-auto-scaling';
import { DescribeServicesCommand, type Service, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import type { Autoscaling } from './autoscaling.ts';

export interface ServiceRef {
  region: string;
  cluster: string;
  service: string;
}

export function nameService({ region, cluster, service }: ServiceRef): string {
  return `ECS service ${cluster}/${service} in ${region}`;
}

/** A service whose counts were told: a count that is missing is not zero. */
export interface CountedService extends Service {
  desiredCount: number;
  runningCount: number;
  pendingCount: number;
}

export function readService(ref: ServiceRef, ctx: KitContext): Promise<Reading<CountedService>> {
  return reading(nameService(ref), async () => {
    const command = new DescribeServicesCommand({ cluster: ref.cluster, services: [ref.service] });
    const [service] = stated((await ctx.aws.ecs(ref.region).send(command)).services, 'the services');
    if (!service) throw Object.assign(new Error('no such service'), { name: 'ServiceNotFoundException' });
    return {
      ...service,
      desiredCount: stated(service.desiredCount, 'a desired count'),
      runningCount: stated(service.runningCount, 'a running count'),
      pendingCount: stated(service.pendingCount, 'a pending count'),
    };
  });
}

/** The range that autoscaling keeps the service in, or null when nothing scales it. */
export function readAutoscaling(ref: ServiceRef, ctx: KitContext): Promise<Reading<Autoscaling | null>> {
  return reading(`autoscaling of ${nameService(ref)}`, async () => {
    const command = new DescribeScalableTargetsCommand({
      ServiceNamespace: 'ecs',
      ResourceIds: [resourceId(ref)],
      ScalableDimension: 'ecs:service:DesiredCount',
    });
    const { ScalableTargets } = await ctx.aws.autoScaling(ref.region).send(command);
    const [target] = stated(ScalableTargets, 'the scalable targets');
    return target ? rangeOf(target) : null;
  });
}

/** A part that is absent is left as it is; without a range only a target that exists already is changed. */
export async function setAutoscaling(ref: ServiceRef, range: Partial<Autoscaling>, ctx: KitContext): Promise<void> {
  const { min, max, suspended } = range;
  const command = new RegisterScalableTargetCommand({
    ServiceNamespace: 'ecs',
    ResourceId: resourceId(ref),
    ScalableDimension: 'ecs:service:DesiredCount',
    MinCapacity: min,
    MaxCapacity: max,
    ...(suspended
      ? {
          SuspendedState: {
            DynamicScalingInSuspended: suspended.in,
            DynamicScalingOutSuspended: suspended.out,
            ScheduledScalingSuspended: suspended.scheduled,
          },
        }
      : {}),
  });
  await effect(`Autoscaling of ${nameService(ref)}`, () => ctx.aws.autoScaling(ref.region).send(command));
}

export async function setDesiredCount(ref: ServiceRef, count: number, ctx: KitContext): Promise<Service | undefined> {
  const command = new UpdateServiceCommand({ cluster: ref.cluster, service: ref.service, desiredCount: count });
  const { service } = await effect(`Scaling of ${nameService(ref)}`, () => ctx.aws.ecs(ref.region).send(command));
  return service;
}

function resourceId({ cluster, service }: ServiceRef): string {
  return `service/${cluster}/${service}`;
}

function rangeOf({ MinCapacity, MaxCapacity, SuspendedState: state }: ScalableTarget): Autoscaling {
  const min = stated(MinCapacity, 'a least capacity');
  const max = stated(MaxCapacity, 'a most capacity');
  const suspended = state && {
    in: state.DynamicScalingInSuspended ?? false,
    out: state.DynamicScalingOutSuspended ?? false,
    scheduled: state.ScheduledScalingSuspended ?? false,
  };
  return { min, max, ...(suspended ? { suspended } : {}) };
}
