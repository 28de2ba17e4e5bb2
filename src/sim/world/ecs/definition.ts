import type {
  ContainerDefinition,
  DescribeTaskDefinitionCommandInput,
  DescribeTaskDefinitionCommandOutput,
  TaskDefinition as Shape,
} from '@aws-sdk/client-ecs';
import type { Estate } from '../estate.ts';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import { definitionArn } from './shape.ts';

export interface TaskDefinition {
  region: string;
  family: string;
  revision: number;
  status: 'ACTIVE' | 'INACTIVE';
  cpu: string;
  memory: string;
  taskRoleArn: string | null;
  executionRoleArn: string | null;
  containers: ContainerDefinition[];
  tags: Record<string, string>;
  registeredAt: number;
}
export type TaskDefinitions = TaskDefinition[];

/** Every revision up to the one that a service begins with, and those that the estate writes out. */
export function buildDefinitions(estate: Estate, at: number): TaskDefinitions {
  const made: TaskDefinitions = [];
  for (const service of estate.services) {
    const { region, cpu, memory } = service;
    const [family = '', newest = '0'] = service.taskDefinition.split(':');
    for (let revision = 1; revision <= Number(newest); revision += 1) {
      if (made.some((one) => one.region === region && one.family === family && one.revision === revision)) continue;
      made.push(buildDefinition(estate, { region, family, revision, cpu, memory }, at));
    }
  }
  return made;
}

function buildDefinition(
  estate: Estate,
  of: { region: string; family: string; revision: number; cpu: number; memory: number },
  at: number,
): TaskDefinition {
  const { region, family, revision } = of;
  const spec = estate.taskDefinitions.find(
    (one) => one.region === region && one.family === family && one.revision === revision,
  );
  const entries = Object.entries;
  return {
    region,
    family,
    revision,
    status: spec?.status ?? 'ACTIVE',
    cpu: String(of.cpu),
    memory: String(of.memory),
    taskRoleArn: `arn:aws:iam::${estate.account}:role/${family}-task`,
    executionRoleArn: `arn:aws:iam::${estate.account}:role/${family}-execution`,
    containers: [
      {
        name: 'app',
        image: spec?.image ?? `${estate.account}.dkr.ecr.${region}.amazonaws.com/${family}:v${revision}`,
        essential: true,
        portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        environment: entries(spec?.environment ?? {}).map(([name, value]) => ({ name, value })),
        secrets: entries(spec?.secrets ?? {}).map(([name, valueFrom]) => ({ name, valueFrom })),
      },
    ],
    tags: {},
    registeredAt: at,
  };
}

export function nameOf({ family, revision }: Pick<TaskDefinition, 'family' | 'revision'>): string {
  return `${family}:${revision}`;
}

/** By `app:7`, in its own Region. */
export function findDefinition(state: State, region: string, name: string): TaskDefinition | undefined {
  return state.taskDefinitions.find((one) => one.region === region && nameOf(one) === name);
}

/** By a family (its newest active revision), a family with revision, or an ARN. */
export function needDefinition({ state, region }: Scene, name: string): TaskDefinition {
  const [family, revision] = (name.split('/').at(-1) ?? '').split(':');
  const found = state.taskDefinitions
    .filter((one) => one.region === region && one.family === family)
    .filter((one) => (revision === undefined ? one.status === 'ACTIVE' : String(one.revision) === revision))
    .sort((a, b) => b.revision - a.revision);
  return found[0] ?? refuse('ClientException', `Unable to describe task definition ${name}.`);
}

export function describeDefinition(
  scene: Scene,
  input: DescribeTaskDefinitionCommandInput,
): Omit<DescribeTaskDefinitionCommandOutput, '$metadata'> {
  const definition = needDefinition(scene, input.taskDefinition ?? '');
  const tags = Object.entries(definition.tags).map(([key, value]) => ({ key, value }));
  return {
    taskDefinition: toDefinition(scene.state, definition),
    ...(input.include?.includes('TAGS') ? { tags } : {}),
  };
}

export function toDefinition(state: State, definition: TaskDefinition): Shape {
  const { region, family, revision, status, cpu, memory, taskRoleArn, executionRoleArn } = definition;
  return {
    taskDefinitionArn: definitionArn(state, region, nameOf(definition)),
    family,
    revision,
    status,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    compatibilities: ['EC2', 'FARGATE'],
    cpu,
    memory,
    ...(taskRoleArn === null ? {} : { taskRoleArn }),
    ...(executionRoleArn === null ? {} : { executionRoleArn }),
    volumes: [],
    containerDefinitions: definition.containers,
    registeredAt: new Date(definition.registeredAt),
    registeredBy: `arn:aws:iam::${state.estate.account}:role/deployer`,
  };
}
