import type {
  DeregisterScalableTargetCommandInput,
  DeregisterScalableTargetCommandOutput,
  DescribeScalableTargetsCommandInput,
  DescribeScalableTargetsCommandOutput,
  RegisterScalableTargetCommandInput,
  RegisterScalableTargetCommandOutput,
  ScalableTarget,
} from '@aws-sdk/client-application-auto-scaling';
import { findService } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Scalable, Service, State } from '../state.ts';
import { setDesired } from './service.ts';

const named = (input: { ResourceId: string | undefined }): string =>
  `ecs:${input.ResourceId?.replace(/^service\//, '')}`;

export const scalableOperations: Operations = {
  DescribeScalableTargets: reading<DescribeScalableTargetsCommandInput, DescribeScalableTargetsCommandOutput>(describe),
  RegisterScalableTarget: effect<RegisterScalableTargetCommandInput, RegisterScalableTargetCommandOutput>(
    named,
    register,
  ),
  DeregisterScalableTarget: effect<DeregisterScalableTargetCommandInput, DeregisterScalableTargetCommandOutput>(
    named,
    (scene, input) => {
      const found = scene.state.scalables.find((one) => one.region === scene.region && idOf(one) === input.ResourceId);
      if (!found) refuse('ObjectNotFoundException', `No scalable target found for ${input.ResourceId}.`);
      scene.state.scalables = scene.state.scalables.filter((one) => one !== found);
      return {};
    },
  ),
};

function idOf(scalable: Scalable): string {
  return `service/${scalable.cluster}/${scalable.service}`;
}

function arnOf(state: State, scalable: Scalable): string {
  return `arn:aws:application-autoscaling:${scalable.region}:${state.estate.account}:scalable-target/${idOf(scalable)}`;
}

function describe(scene: Scene, input: DescribeScalableTargetsCommandInput) {
  if (input.ServiceNamespace !== 'ecs') return { ScalableTargets: [] };
  const here = scene.state.scalables.filter((scalable) => scalable.region === scene.region);
  const asked = here.filter((scalable) => !input.ResourceIds || input.ResourceIds.includes(idOf(scalable)));
  return { ScalableTargets: asked.map((scalable) => toScalableTarget(scene.state, scalable)) };
}

function toScalableTarget(state: State, scalable: Scalable): ScalableTarget {
  return {
    ServiceNamespace: 'ecs',
    ResourceId: idOf(scalable),
    ScalableDimension: 'ecs:service:DesiredCount',
    MinCapacity: scalable.min,
    MaxCapacity: scalable.max,
    RoleARN: `arn:aws:iam::${state.estate.account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
    CreationTime: new Date(scalable.createdAt),
    ScalableTargetARN: arnOf(state, scalable),
    SuspendedState: {
      DynamicScalingInSuspended: scalable.suspended.in,
      DynamicScalingOutSuspended: scalable.suspended.out,
      ScheduledScalingSuspended: scalable.suspended.scheduled,
    },
  };
}

/** Creates or changes a target, and moves the service's count into the range unless scaling that way is suspended. */
function register(scene: Scene, input: RegisterScalableTargetCommandInput) {
  const service = needService(scene, input.ResourceId ?? '');
  const scalable = findOrAdd(scene, service, input);
  scalable.min = input.MinCapacity ?? scalable.min;
  scalable.max = input.MaxCapacity ?? scalable.max;
  if (scalable.min > scalable.max || scalable.min < 0) {
    refuse('ValidationException', `Minimum ${scalable.min} and maximum ${scalable.max} make no range.`);
  }
  const { suspended } = scalable;
  suspended.in = input.SuspendedState?.DynamicScalingInSuspended ?? suspended.in;
  suspended.out = input.SuspendedState?.DynamicScalingOutSuspended ?? suspended.out;
  suspended.scheduled = input.SuspendedState?.ScheduledScalingSuspended ?? suspended.scheduled;
  if (service.desired < scalable.min && !suspended.out) setDesired(scene.state, service, scalable.min);
  if (service.desired > scalable.max && !suspended.in) setDesired(scene.state, service, scalable.max);
  return { ScalableTargetARN: arnOf(scene.state, scalable) };
}

function needService(scene: Scene, resourceId: string): Service {
  const [kind, cluster, name] = resourceId.split('/');
  const service = kind === 'service' ? findService(scene.state, scene.region, cluster ?? '', name ?? '') : undefined;
  return service ?? refuse('ValidationException', `ECS service doesn't exist: ${resourceId}`);
}

function findOrAdd(scene: Scene, service: Service, input: RegisterScalableTargetCommandInput): Scalable {
  const { state, region } = scene;
  const found = state.scalables.find((one) => one.region === region && idOf(one) === input.ResourceId);
  if (found) return found;
  if (input.MinCapacity === undefined || input.MaxCapacity === undefined) {
    refuse('ValidationException', 'A new scalable target needs MinCapacity and MaxCapacity.');
  }
  const scalable: Scalable = {
    region,
    cluster: service.cluster,
    service: service.name,
    min: input.MinCapacity,
    max: input.MaxCapacity,
    suspended: { in: false, out: false, scheduled: false },
    createdAt: state.at,
  };
  state.scalables.push(scalable);
  return scalable;
}
