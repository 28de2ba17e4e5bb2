import type {
  Cluster,
  DescribeClustersCommandInput,
  DescribeClustersCommandOutput,
  DescribeServiceRevisionsCommandInput,
  DescribeServiceRevisionsCommandOutput,
  DescribeServicesCommandInput,
  DescribeServicesCommandOutput,
  DescribeTaskDefinitionCommandInput,
  DescribeTaskDefinitionCommandOutput,
  DescribeTasksCommandInput,
  DescribeTasksCommandOutput,
  ListServiceDeploymentsCommandInput,
  ListServiceDeploymentsCommandOutput,
  ListTaskDefinitionsCommandInput,
  ListTaskDefinitionsCommandOutput,
  ListTasksCommandInput,
  ListTasksCommandOutput,
  RegisterTaskDefinitionCommandInput,
  RegisterTaskDefinitionCommandOutput,
  UpdateServiceCommandInput,
  UpdateServiceCommandOutput,
} from '@aws-sdk/client-ecs';
import { findService } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Service } from '../state.ts';
import { describeDefinition, nameOf, needDefinition } from './definition.ts';
import { describeRevisions, listDeployments } from './history.ts';
import { listDefinitions, registerDefinition } from './register.ts';
import { roll } from './rollout.ts';
import { setDesired } from './service.ts';
import { ecsArn, taskArn, toService, toTask } from './shape.ts';

export const ecsOperations: Operations = {
  DescribeServices: reading<DescribeServicesCommandInput, DescribeServicesCommandOutput>(describeServices),
  UpdateService: effect<UpdateServiceCommandInput, UpdateServiceCommandOutput>(
    (input) => `ecs:${last(input.cluster)}/${last(input.service)}`,
    updateService,
  ),
  DescribeClusters: reading<DescribeClustersCommandInput, DescribeClustersCommandOutput>(describeClusters),
  ListTasks: reading<ListTasksCommandInput, ListTasksCommandOutput>(listTasks),
  DescribeTasks: reading<DescribeTasksCommandInput, DescribeTasksCommandOutput>(describeTasks),
  DescribeTaskDefinition: reading<DescribeTaskDefinitionCommandInput, DescribeTaskDefinitionCommandOutput>(
    describeDefinition,
  ),
  ListTaskDefinitions: reading<ListTaskDefinitionsCommandInput, ListTaskDefinitionsCommandOutput>(listDefinitions),
  RegisterTaskDefinition: effect<RegisterTaskDefinitionCommandInput, RegisterTaskDefinitionCommandOutput>(
    (input) => `ecs:${input.family}`,
    registerDefinition,
  ),
  ListServiceDeployments: reading<ListServiceDeploymentsCommandInput, ListServiceDeploymentsCommandOutput>(
    (scene, input) => listDeployments(scene, needService(scene, input), input),
  ),
  DescribeServiceRevisions: reading<DescribeServiceRevisionsCommandInput, DescribeServiceRevisionsCommandOutput>(
    describeRevisions,
  ),
};

/** The name at the end of an ARN, or the name itself. */
function last(name: string | undefined): string {
  return name?.split('/').at(-1) ?? 'default';
}

function servicesIn(scene: Scene, cluster: string): Service[] {
  const here = scene.state.services.filter((service) => service.region === scene.region && service.cluster === cluster);
  return here.length > 0
    ? here
    : refuse('ClusterNotFoundException', `Cluster ${cluster} not found in ${scene.region}.`);
}

function describeServices(scene: Scene, input: DescribeServicesCommandInput) {
  const cluster = last(input.cluster);
  const here = servicesIn(scene, cluster);
  const asked = (input.services ?? []).map(last);
  if (asked.length === 0 || asked.length > 10) {
    refuse('InvalidParameterException', `Services must be from 1 to 10, found ${asked.length}.`);
  }
  const missing = asked.filter((name) => !here.some((service) => service.name === name));
  return {
    services: here.filter((service) => asked.includes(service.name)).map((service) => toService(scene.state, service)),
    failures: missing.map((name) => ({
      arn: ecsArn(scene.state, scene.region, `service/${cluster}/${name}`),
      reason: 'MISSING',
    })),
  };
}

function needService(scene: Scene, input: { cluster?: string | undefined; service?: string | undefined }): Service {
  const cluster = last(input.cluster);
  servicesIn(scene, cluster);
  return (
    findService(scene.state, scene.region, cluster, last(input.service)) ??
    refuse('ServiceNotFoundException', `Service ${input.service} not found in ${cluster}.`)
  );
}

/** An inactive revision goes on running where it runs, and is not deployed anew. */
function needUsable(scene: Scene, name: string): string {
  const definition = needDefinition(scene, name);
  if (definition.status !== 'ACTIVE') refuse('ClientException', `TaskDefinition ${name} is inactive.`);
  return nameOf(definition);
}

function updateService(scene: Scene, input: UpdateServiceCommandInput) {
  const { state } = scene;
  const service = needService(scene, input);
  const count = input.desiredCount;
  if (count !== undefined && (count < 0 || !Number.isInteger(count))) {
    refuse('InvalidParameterException', `desiredCount must be a whole number from 0, found ${count}.`);
  }
  if (count !== undefined) setDesired(state, service, count);
  const definition = input.taskDefinition ? needUsable(scene, input.taskDefinition) : service.taskDefinition;
  if (input.forceNewDeployment || definition !== service.taskDefinition) roll(state, service, definition);
  return { service: toService(state, service) };
}

function describeClusters(scene: Scene, input: DescribeClustersCommandInput) {
  const { state, region } = scene;
  const known = new Set(
    state.services.filter((service) => service.region === region).map((service) => service.cluster),
  );
  const asked = (input.clusters ?? ['default']).map(last);
  const arn = (name: string): string => ecsArn(state, region, `cluster/${name}`);
  return {
    clusters: asked.filter((name) => known.has(name)).map((name) => describeCluster(scene, name, arn(name))),
    failures: asked.filter((name) => !known.has(name)).map((name) => ({ arn: arn(name), reason: 'MISSING' })),
  };
}

function describeCluster(scene: Scene, clusterName: string, clusterArn: string): Cluster {
  const services = servicesIn(scene, clusterName).map((service) => toService(scene.state, service));
  const sum = (counts: (number | undefined)[]): number => counts.reduce<number>((total, n) => total + (n ?? 0), 0);
  return {
    clusterName,
    clusterArn,
    status: 'ACTIVE',
    activeServicesCount: services.length,
    runningTasksCount: sum(services.map((service) => service.runningCount)),
    pendingTasksCount: sum(services.map((service) => service.pendingCount)),
  };
}

function listTasks(scene: Scene, input: ListTasksCommandInput) {
  const wanted = input.desiredStatus ?? 'RUNNING';
  const services = servicesIn(scene, last(input.cluster)).filter(
    (service) => !input.serviceName || service.name === last(input.serviceName),
  );
  if (services.length === 0) refuse('ServiceNotFoundException', `Service ${input.serviceName} not found.`);
  const arns = services.flatMap((service) =>
    service.tasks
      .filter((task) => toTask(scene.state, service, task).desiredStatus === wanted)
      .map((task) => taskArn(scene.state, service, task)),
  );
  const from = Number(input.nextToken ?? 0);
  const until = from + (input.maxResults ?? 100);
  return { taskArns: arns.slice(from, until), ...(until < arns.length ? { nextToken: String(until) } : {}) };
}

function describeTasks(scene: Scene, input: DescribeTasksCommandInput) {
  const asked = (input.tasks ?? []).map(last);
  if (asked.length > 100) refuse('InvalidParameterException', `Tasks must be at most 100, found ${asked.length}.`);
  const services = servicesIn(scene, last(input.cluster));
  const found = services.flatMap((service) =>
    service.tasks.filter((task) => asked.includes(task.id)).map((task) => ({ service, task })),
  );
  const missing = asked.filter((id) => !found.some(({ task }) => task.id === id));
  return {
    tasks: found.map(({ service, task }) => toTask(scene.state, service, task)),
    failures: missing.map((id) => ({ arn: id, reason: 'MISSING' })),
  };
}
