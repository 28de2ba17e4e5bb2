import type { Service as ServiceShape, Task as TaskShape } from '@aws-sdk/client-ecs';
import type { Deployment, Service, State, Task } from '../state.ts';

export function ecsArn(state: State, region: string, resource: string): string {
  return `arn:aws:ecs:${region}:${state.estate.account}:${resource}`;
}

export function taskArn(state: State, service: Service, task: Task): string {
  return ecsArn(state, service.region, `task/${service.cluster}/${task.id}`);
}

export function definitionArn(state: State, region: string, definition: string): string {
  return ecsArn(state, region, `task-definition/${definition}`);
}

const running = (task: Task): boolean => task.status === 'RUNNING';
const pending = (task: Task): boolean => task.status === 'PROVISIONING' || task.status === 'PENDING';

/** A service as DescribeServices shows it; a task that drains or stops is no longer counted, though it still runs. */
export function toService(state: State, service: Service): ServiceShape {
  return {
    serviceName: service.name,
    serviceArn: ecsArn(state, service.region, `service/${service.cluster}/${service.name}`),
    clusterArn: ecsArn(state, service.region, `cluster/${service.cluster}`),
    status: 'ACTIVE',
    launchType: 'FARGATE',
    platformVersion: 'LATEST',
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    deploymentConfiguration: {
      deploymentCircuitBreaker: service.circuitBreaker,
      maximumPercent: 200,
      minimumHealthyPercent: 100,
    },
    desiredCount: service.desired,
    runningCount: service.tasks.filter(running).length,
    pendingCount: service.tasks.filter(pending).length,
    taskDefinition: definitionArn(state, service.region, service.taskDefinition),
    loadBalancers: [{ targetGroupArn: service.targetGroup, containerName: 'app', containerPort: 8080 }],
    deployments: service.deployments.map((deployment) => toDeployment(state, service, deployment)),
    events: service.events.map((event) => ({ id: event.id, createdAt: new Date(event.at), message: event.message })),
  };
}

function toDeployment(state: State, service: Service, deployment: Deployment) {
  const tasks = service.tasks.filter((task) => task.deployment === deployment.id);
  return {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: definitionArn(state, service.region, deployment.taskDefinition),
    desiredCount: deployment.status === 'PRIMARY' ? service.desired : 0,
    runningCount: tasks.filter(running).length,
    pendingCount: tasks.filter(pending).length,
    failedTasks: deployment.failed,
    createdAt: new Date(deployment.createdAt),
    updatedAt: new Date(deployment.updatedAt),
    launchType: 'FARGATE' as const,
    rolloutState: deployment.rollout,
    rolloutStateReason: reasonOf(deployment),
  };
}

function reasonOf({ id, rollout, reason }: Deployment): string {
  if (rollout === 'COMPLETED') return `ECS deployment ${id} completed.`;
  return reason ?? `ECS deployment ${id} in progress.`;
}

export function toTask(state: State, service: Service, task: Task): TaskShape {
  const stopping = ['DEACTIVATING', 'STOPPING', 'STOPPED'].includes(task.status);
  return {
    taskArn: taskArn(state, service, task),
    clusterArn: ecsArn(state, service.region, `cluster/${service.cluster}`),
    taskDefinitionArn: definitionArn(state, service.region, task.taskDefinition),
    group: `service:${service.name}`,
    startedBy: task.deployment,
    launchType: 'FARGATE',
    lastStatus: task.status,
    desiredStatus: stopping ? 'STOPPED' : 'RUNNING',
    availabilityZone: task.zone,
    cpu: String(service.cpu),
    memory: String(service.memory),
    createdAt: new Date(task.createdAt),
    containers: [{ name: 'app', lastStatus: task.status, networkInterfaces: [{ privateIpv4Address: task.address }] }],
    ...(task.startedAt === null ? {} : { startedAt: new Date(task.startedAt) }),
    ...(task.stoppedAt === null ? {} : { stoppedAt: new Date(task.stoppedAt) }),
    ...(task.stoppedReason === null
      ? {}
      : { stoppedReason: task.stoppedReason, stopCode: task.stopCode ?? 'ServiceSchedulerInitiated' }),
  };
}
