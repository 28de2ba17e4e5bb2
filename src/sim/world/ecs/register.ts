import type {
  ContainerDefinition,
  ListTaskDefinitionsCommandInput,
  RegisterTaskDefinitionCommandInput,
  RegisterTaskDefinitionCommandOutput,
} from '@aws-sdk/client-ecs';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { nameOf, type TaskDefinition, toDefinition } from './definition.ts';
import { definitionArn } from './shape.ts';

/** Each call makes the family's next revision, however often the same is sent: it has no client token. */
export function registerDefinition(
  { state, region }: Scene,
  input: RegisterTaskDefinitionCommandInput,
): Omit<RegisterTaskDefinitionCommandOutput, '$metadata'> {
  const family = input.family ?? '';
  const containers = checkContainers(input.containerDefinitions ?? [], input.executionRoleArn);
  if (!input.cpu || !input.memory) refuse('ClientException', 'Fargate requires cpu and memory for the task.');
  const newest = Math.max(
    0,
    ...state.taskDefinitions.filter((one) => one.region === region && one.family === family).map((one) => one.revision),
  );
  const definition: TaskDefinition = {
    region,
    family,
    revision: newest + 1,
    status: 'ACTIVE',
    cpu: input.cpu,
    memory: input.memory,
    taskRoleArn: input.taskRoleArn ?? null,
    executionRoleArn: input.executionRoleArn ?? null,
    containers,
    tags: Object.fromEntries((input.tags ?? []).map(({ key = '', value = '' }) => [key, value])),
    registeredAt: state.at,
  };
  state.taskDefinitions.push(definition);
  return { taskDefinition: toDefinition(state, definition), tags: input.tags ?? [] };
}

function checkContainers(containers: ContainerDefinition[], executionRole: string | undefined): ContainerDefinition[] {
  if (containers.length === 0) refuse('ClientException', 'Container definitions must have at least 1 entry.');
  for (const { name, image, secrets } of containers) {
    if (!name || !image) refuse('ClientException', 'Container.name and Container.image must not be empty.');
    if (secrets && secrets.length > 0 && !executionRole) {
      refuse('ClientException', 'Container secrets require an executionRoleArn, and the task definition has none.');
    }
  }
  return containers;
}

export function listDefinitions({ state, region }: Scene, input: ListTaskDefinitionsCommandInput) {
  const wanted = input.status ?? 'ACTIVE';
  const found = state.taskDefinitions
    .filter((one) => one.region === region && one.status === wanted)
    .filter((one) => input.familyPrefix === undefined || one.family === input.familyPrefix)
    .sort((a, b) => a.family.localeCompare(b.family) || a.revision - b.revision)
    .map((one) => definitionArn(state, region, nameOf(one)));
  if (input.sort === 'DESC') found.reverse();
  const from = Number(input.nextToken ?? 0);
  const until = from + (input.maxResults ?? 100);
  return {
    taskDefinitionArns: found.slice(from, until),
    ...(until < found.length ? { nextToken: String(until) } : {}),
  };
}
