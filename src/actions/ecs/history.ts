import {
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  type ServiceDeploymentBrief,
} from '@aws-sdk/client-ecs';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { shortName } from './definition.ts';
import { nameService, type ServiceRef } from './service.ts';

/** One deployment of a service, as ECS keeps it for ninety days. */
export interface PastDeployment {
  /** What it deployed, as `app:7`; null for a revision that ECS no longer knows. */
  taskDefinition: string | null;
  status: string;
  reason: string | null;
  at: Date;
}

const describedAtOnce = 20;

/** The service's deployments, the newest first; where `since` is given, those that began then or later. */
export function readHistory(ref: ServiceRef, ctx: KitContext, since?: Date): Promise<Reading<PastDeployment[]>> {
  return reading(`deployments of ${nameService(ref)}`, async () => {
    const listed = await listDeployments(ref, ctx, since);
    const deployed = await describeRevisions(ref, listed, ctx);
    return listed
      .map(({ targetServiceRevisionArn: arn, status, statusReason: reason, createdAt }) => ({
        taskDefinition: deployed.get(arn ?? '') ?? null,
        status: stated(status, 'the status of a deployment'),
        reason: reason ?? null,
        at: stated(createdAt, 'when a deployment began'),
      }))
      .sort((a, b) => b.at.getTime() - a.at.getTime());
  });
}

async function listDeployments(
  { region, cluster, service }: ServiceRef,
  ctx: KitContext,
  since: Date | undefined,
): Promise<ServiceDeploymentBrief[]> {
  const listed: ServiceDeploymentBrief[] = [];
  const createdAt = since && { after: since, before: new Date(ctx.clock.now().getTime() + 60_000) };
  let nextToken: string | undefined;
  do {
    const command = new ListServiceDeploymentsCommand({ cluster, service, createdAt, maxResults: 100, nextToken });
    const page = await ctx.aws.ecs(region).send(command);
    listed.push(...stated(page.serviceDeployments, 'the deployments'));
    nextToken = page.nextToken;
  } while (nextToken);
  return listed;
}

/** What each service revision deploys, by its ARN. */
async function describeRevisions(
  { region }: ServiceRef,
  listed: readonly ServiceDeploymentBrief[],
  ctx: KitContext,
): Promise<Map<string, string>> {
  const arns = [...new Set(listed.map(({ targetServiceRevisionArn: arn }) => stated(arn, 'a service revision')))];
  const deployed = new Map<string, string>();
  for (let from = 0; from < arns.length; from += describedAtOnce) {
    const command = new DescribeServiceRevisionsCommand({
      serviceRevisionArns: arns.slice(from, from + describedAtOnce),
    });
    const { serviceRevisions } = await ctx.aws.ecs(region).send(command);
    for (const { serviceRevisionArn: arn, taskDefinition } of stated(serviceRevisions, 'the service revisions')) {
      if (arn && taskDefinition) deployed.set(arn, shortName(taskDefinition));
    }
  }
  return deployed;
}
