import type {
  DescribeServiceRevisionsCommandInput,
  DescribeServiceRevisionsCommandOutput,
  ListServiceDeploymentsCommandInput,
  ListServiceDeploymentsCommandOutput,
} from '@aws-sdk/client-ecs';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Rollout, Service, State } from '../state.ts';
import { definitionArn, ecsArn } from './shape.ts';

const keptMs = 90 * 24 * 3_600_000;

/** A service's rollouts of the last ninety days; the order is not documented, so it is not the one that one would want. */
export function listDeployments(
  scene: Scene,
  service: Service,
  input: ListServiceDeploymentsCommandInput,
): Omit<ListServiceDeploymentsCommandOutput, '$metadata'> {
  const { state } = scene;
  const { after, before } = input.createdAt ?? {};
  const kept = service.history
    .filter(({ createdAt }) => createdAt > state.at - keptMs)
    .filter(({ createdAt }) => (!after || createdAt >= after.getTime()) && (!before || createdAt <= before.getTime()))
    .filter(({ status }) => !input.status?.length || input.status.includes(status))
    .toReversed();
  const from = Number(input.nextToken ?? 0);
  const until = from + (input.maxResults ?? 20);
  return {
    serviceDeployments: kept.slice(from, until).map((rollout) => toBrief(state, service, rollout)),
    ...(until < kept.length ? { nextToken: String(until) } : {}),
  };
}

function toBrief(state: State, service: Service, rollout: Rollout) {
  const { region, cluster, name } = service;
  const { finishedAt, reason } = rollout;
  return {
    serviceDeploymentArn: ecsArn(state, region, `service-deployment/${cluster}/${name}/${tail(rollout.id)}`),
    serviceArn: ecsArn(state, region, `service/${cluster}/${name}`),
    clusterArn: ecsArn(state, region, `cluster/${cluster}`),
    createdAt: new Date(rollout.createdAt),
    startedAt: new Date(rollout.createdAt),
    targetServiceRevisionArn: revisionArn(state, service, rollout),
    status: rollout.status,
    ...(finishedAt === null ? {} : { finishedAt: new Date(finishedAt) }),
    ...(reason === null ? {} : { statusReason: reason }),
  };
}

function revisionArn(state: State, { region, cluster, name }: Service, { id }: Rollout): string {
  return ecsArn(state, region, `service-revision/${cluster}/${name}/${tail(id)}`);
}

function tail(id: string): string {
  return id.split('/').at(-1) ?? id;
}

export function describeRevisions(
  { state, region }: Scene,
  input: DescribeServiceRevisionsCommandInput,
): Omit<DescribeServiceRevisionsCommandOutput, '$metadata'> {
  const asked = input.serviceRevisionArns ?? [];
  if (asked.length === 0 || asked.length > 20) {
    refuse('InvalidParameterException', `Service revisions must be from 1 to 20, found ${asked.length}.`);
  }
  const known = new Map(
    state.services
      .filter((service) => service.region === region)
      .flatMap((service) =>
        service.history.map((one) => [revisionArn(state, service, one), { service, one }] as const),
      ),
  );
  const found = asked.flatMap((arn) => {
    const at = known.get(arn);
    return at ? [{ arn, ...at }] : [];
  });
  return {
    serviceRevisions: found.map(({ arn, service, one }) => ({
      serviceRevisionArn: arn,
      serviceArn: ecsArn(state, region, `service/${service.cluster}/${service.name}`),
      clusterArn: ecsArn(state, region, `cluster/${service.cluster}`),
      taskDefinition: definitionArn(state, region, one.taskDefinition),
      launchType: 'FARGATE' as const,
      createdAt: new Date(one.createdAt),
    })),
    failures: asked.filter((arn) => !known.has(arn)).map((arn) => ({ arn, reason: 'MISSING' })),
  };
}
