import {
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { createCloud, minutes, seconds } from './cloud.ts';

const westTargets = 'arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/dr-tg/2222222222222222';
const eastTargets = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/prod-tg/1111111111111111';

async function look(ecs: ECSClient, cluster: string) {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: ['app-service'] }));
  return services?.[0] ?? {};
}

async function states(elb: ElasticLoadBalancingV2Client, TargetGroupArn: string) {
  const { TargetHealthDescriptions } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  const counts: Record<string, number> = {};
  for (const { TargetHealth } of TargetHealthDescriptions ?? []) {
    const state = TargetHealth?.State ?? 'none';
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

function scale(cluster: string, desiredCount: number) {
  return new UpdateServiceCommand({ cluster, service: 'app-service', desiredCount });
}

const target = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;
const ResourceId = 'service/dr-cluster/app-service';

describe('scaling a service', () => {
  it('ramps tasks up, keeps the deployment, and its targets turn healthy a while later', async () => {
    const { west, pass } = createCloud();
    const before = await look(west.ecs, 'dr-cluster');
    const { service } = await west.ecs.send(scale('dr-cluster', 10));
    expect(service).toMatchObject({ desiredCount: 10, runningCount: 1, pendingCount: 0 });
    await pass(20 * seconds);
    expect(await look(west.ecs, 'dr-cluster')).toMatchObject({
      runningCount: 1,
      pendingCount: 9,
      deployments: [{ id: before.deployments?.[0]?.id, status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }],
    });
    await pass(50 * seconds);
    const up = await look(west.ecs, 'dr-cluster');
    expect(up).toMatchObject({ runningCount: 10, pendingCount: 0, deployments: [{ rolloutState: 'COMPLETED' }] });
    expect(up.events?.[0]?.message).toMatch(/has reached a steady state/);
    expect(await states(west.elb, westTargets)).toEqual({ healthy: 1, initial: 9 });
    await pass(70 * seconds);
    expect(await states(west.elb, westTargets)).toEqual({ healthy: 10 });
  });

  it('drains before tasks stop: not counted as running, yet still alive', async () => {
    const { world, east, pass } = createCloud();
    await east.ecs.send(scale('prod-cluster', 0));
    expect(await look(east.ecs, 'prod-cluster')).toMatchObject({ desiredCount: 0, runningCount: 10 });
    await pass(10 * seconds);
    expect(await look(east.ecs, 'prod-cluster')).toMatchObject({ runningCount: 0 });
    expect(await states(east.elb, eastTargets)).toEqual({ draining: 10 });
    const writing = [{ region: 'us-east-1', id: 'prod-database' }];
    const tasks = async () => {
      const cluster = 'prod-cluster';
      const { taskArns } = await east.ecs.send(new ListTasksCommand({ cluster, desiredStatus: 'STOPPED' }));
      const { tasks } = await east.ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns ?? [] }));
      return [...new Set(tasks?.map(({ lastStatus }) => lastStatus))];
    };
    expect(await tasks()).toEqual(['DEACTIVATING']);
    expect(world.view().writers.now).toEqual(writing);
    await pass(27 * seconds);
    expect(await tasks()).toEqual(['STOPPING']);
    expect(await states(east.elb, eastTargets)).toEqual({});
    expect(world.view().writers.now).toEqual(writing);
    await pass(13 * seconds);
    expect(await tasks()).toEqual(['STOPPED']);
    expect(world.view().writers.now).toEqual([]);
    expect(world.audit().writers).toMatchObject([
      { region: 'us-east-1', instance: 'prod-database', until: expect.stringContaining('T') },
    ]);
    const stopped = await east.ecs.send(new ListTasksCommand({ cluster: 'prod-cluster', desiredStatus: 'STOPPED' }));
    expect(stopped.taskArns).toHaveLength(10);
    const described = await east.ecs.send(
      new DescribeTasksCommand({ cluster: 'prod-cluster', tasks: [stopped.taskArns?.[0] ?? ''] }),
    );
    expect(described.tasks?.[0]).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'ServiceSchedulerInitiated' });
  });

  it('starts at most a hundred at once, then twenty a second, and stops at the vCPU quota', async () => {
    const { west, pass } = createCloud();
    await west.ecs.send(scale('dr-cluster', 150));
    await pass(3 * minutes);
    const service = await look(west.ecs, 'dr-cluster');
    expect(service).toMatchObject({ runningCount: 100, pendingCount: 50 });
    expect(service.events?.[0]?.message).toMatch(/limit on the number of vCPUs/);
  });

  it('rolls a new deployment beside the old one', async () => {
    const { west, pass } = createCloud();
    const before = await look(west.ecs, 'dr-cluster');
    const force = { cluster: 'dr-cluster', service: 'app-service', forceNewDeployment: true };
    await west.ecs.send(new UpdateServiceCommand(force));
    await pass(20 * seconds);
    expect((await look(west.ecs, 'dr-cluster')).deployments).toHaveLength(2);
    await pass(4 * minutes);
    const after = await look(west.ecs, 'dr-cluster');
    expect(after).toMatchObject({ runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] });
    expect(after.deployments?.[0]?.id).not.toBe(before.deployments?.[0]?.id);
  });

  it('leaves tasks pending when there is no capacity, says so, and starts them once there is', async () => {
    const { world, west, pass } = createCloud();
    const fault = {
      kind: 'tasks-do-not-start',
      region: 'us-west-2',
      cluster: 'dr-cluster',
      service: 'app-service',
    } as const;
    const id = world.setFault({ ...fault, short: 3 });
    await west.ecs.send(scale('dr-cluster', 10));
    await pass(10 * minutes);
    const short = await look(west.ecs, 'dr-cluster');
    expect(short).toMatchObject({ runningCount: 7, pendingCount: 3, deployments: [{ rolloutState: 'IN_PROGRESS' }] });
    expect(short.events?.[0]?.message).toMatch(/unable to place a task.*Capacity is unavailable/i);
    world.clearFault(id);
    await pass(3 * minutes);
    expect(await look(west.ecs, 'dr-cluster')).toMatchObject({ runningCount: 10, pendingCount: 0 });
  });

  it('says what it does not know', async () => {
    const { west } = createCloud();
    const missing = await west.ecs.send(new DescribeServicesCommand({ cluster: 'dr-cluster', services: ['nobody'] }));
    expect(missing).toMatchObject({ services: [], failures: [{ reason: 'MISSING' }] });
    await expect(west.ecs.send(scale('prod-cluster', 1))).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    await expect(west.ecs.send(scale('dr-cluster', -1))).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const { clusters, failures } = await west.ecs.send(new DescribeClustersCommand({ clusters: ['dr-cluster', 'x'] }));
    expect(clusters).toMatchObject([{ status: 'ACTIVE', runningTasksCount: 1 }]);
    expect(failures).toMatchObject([{ reason: 'MISSING' }]);
    const { taskDefinition } = await west.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'app' }));
    expect(taskDefinition).toMatchObject({
      revision: 7,
      containerDefinitions: [{ image: '123456789012.dkr.ecr.us-west-2.amazonaws.com/app:v7' }],
    });
  });
});

describe('autoscaling', () => {
  it('puts back a service that was scaled below its minimum, unless suspended', async () => {
    const { east, pass } = createCloud();
    await east.ecs.send(scale('prod-cluster', 0));
    await pass(6 * minutes);
    expect((await look(east.ecs, 'prod-cluster')).desiredCount).toBe(4);
    const held = { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true };
    const prod = { ...target, ResourceId: 'service/prod-cluster/app-service' };
    await east.scaling.send(new RegisterScalableTargetCommand({ ...prod, SuspendedState: held }));
    await east.ecs.send(scale('prod-cluster', 0));
    await pass(60 * minutes);
    expect((await look(east.ecs, 'prod-cluster')).desiredCount).toBe(0);
  });

  it('scales an idle service in after a while, unless its minimum was raised', async () => {
    const { west, pass } = createCloud();
    await west.ecs.send(scale('dr-cluster', 10));
    await pass(20 * minutes);
    expect((await look(west.ecs, 'dr-cluster')).desiredCount).toBe(1);
    await west.scaling.send(new RegisterScalableTargetCommand({ ...target, ResourceId, MinCapacity: 10 }));
    expect((await look(west.ecs, 'dr-cluster')).desiredCount).toBe(10);
    await pass(40 * minutes);
    expect((await look(west.ecs, 'dr-cluster')).runningCount).toBe(10);
  });

  it('shows and keeps what was not named, and refuses an empty range', async () => {
    const { west } = createCloud();
    const describeIt = new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: [ResourceId] });
    const { ScalableTargets } = await west.scaling.send(describeIt);
    expect(ScalableTargets).toMatchObject([{ MinCapacity: 1, MaxCapacity: 20 }]);
    const register = (MinCapacity: number) => new RegisterScalableTargetCommand({ ...target, ResourceId, MinCapacity });
    await expect(west.scaling.send(register(50))).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('target groups', () => {
  it('turn unhealthy by fault, and refuse another Region’s ARN', async () => {
    const { world, east, west } = createCloud();
    world.setFault({ kind: 'targets-unhealthy', region: 'us-west-2', targetGroup: westTargets });
    expect(await states(west.elb, westTargets)).toEqual({ unhealthy: 1 });
    await expect(states(east.elb, westTargets)).rejects.toMatchObject({ name: 'TargetGroupNotFoundException' });
  });
});
