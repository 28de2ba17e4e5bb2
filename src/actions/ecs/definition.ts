import {
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Tag,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { isMadeByStep, ownerTags } from '../kit/owner.ts';
import { mapReading, type Reading, reading, stated } from '../kit/reading.ts';

/** A revision as people write it: `app:7`. */
export const revisionName = z
  .string()
  .regex(/^[\w-]{1,255}:[1-9]\d*$/, 'expected a family and its revision, such as app:7');

export interface Revision {
  /** `app:7`. */
  name: string;
  family: string;
  definition: TaskDefinition;
  tags: readonly Tag[];
}

/** `app:7` of an ARN, or the name itself. */
export function shortName(taskDefinition: string): string {
  return taskDefinition.split('/').at(-1) ?? taskDefinition;
}

/** The number of a revision: 7 of `app:7`. */
export function numberOf(name: string): number {
  return Number(name.split(':').at(-1));
}

export function familyOf(name: string): string {
  return shortName(name).split(':')[0] ?? name;
}

export function readRevision(region: string, name: string, ctx: KitContext): Promise<Reading<Revision>> {
  return reading(`task definition ${shortName(name)} in ${region}`, async () => {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: name, include: ['TAGS'] });
    const { taskDefinition, tags = [] } = await ctx.aws.ecs(region).send(command);
    const definition = stated(taskDefinition, 'the task definition');
    stated(definition.containerDefinitions, 'its containers');
    stated(definition.status, 'its status');
    const arn = stated(definition.taskDefinitionArn, 'its ARN');
    return { name: shortName(arn), family: stated(definition.family, 'its family'), definition, tags };
  });
}

/** Whether this step registered it. */
export function isRegisteredBy(tags: readonly Tag[], owner: string): boolean {
  return isMadeByStep(
    tags.map(({ key, value }) => ({ Key: key, Value: value })),
    owner,
  );
}

/** Registers the next revision with these containers and all else as it is, and returns its name. */
export async function register(
  region: string,
  { definition, family }: Revision,
  containers: NonNullable<TaskDefinition['containerDefinitions']>,
  ctx: KitContext,
): Promise<string> {
  const tags = ownerTags(ctx.owner).map(({ Key, Value }) => ({ key: Key, value: Value }));
  const command = new RegisterTaskDefinitionCommand({
    ...keptOf(definition),
    family,
    containerDefinitions: containers,
    tags,
  });
  const made = await effect(`Registering a revision of ${family} in ${region}`, () =>
    ctx.aws.ecs(region).send(command),
  );
  return shortName(stated(made.taskDefinition?.taskDefinitionArn, "the new revision's ARN"));
}

/** What a registration takes of what a description gives: the rest is ECS's own bookkeeping. */
function keptOf(
  definition: TaskDefinition,
): Omit<RegisterTaskDefinitionCommandInput, 'family' | 'containerDefinitions'> {
  const { taskRoleArn, executionRoleArn, networkMode, volumes, placementConstraints, requiresCompatibilities } =
    definition;
  const { cpu, memory, pidMode, ipcMode, proxyConfiguration, inferenceAccelerators, ephemeralStorage } = definition;
  const { runtimePlatform, enableFaultInjection } = definition;
  return {
    ...{ taskRoleArn, executionRoleArn, networkMode, volumes, placementConstraints, requiresCompatibilities },
    ...{ cpu, memory, pidMode, ipcMode, proxyConfiguration, inferenceAccelerators, ephemeralStorage },
    ...{ runtimePlatform, enableFaultInjection },
  };
}

/** Whether a revision can be deployed; an inactive one only goes on running where it runs. */
export function usable(read: Reading<Revision>): Reading<{ pass: boolean; found: string }> {
  return mapReading(read, ({ name, definition }) => ({
    pass: definition.status === 'ACTIVE',
    found: `${name}, ${definition.status}`,
  }));
}
