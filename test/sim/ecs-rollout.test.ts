import {
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  type ECSClient,
  ListServiceDeploymentsCommand,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { createWorld, type EstateInput, simulatedCredentials, simulatedPlugin } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { clientsOf, minutes, seconds } from './cloud.ts';

const named = { cluster: 'contractorlens', service: 'contractorlens' };
const image = '123456789012.dkr.ecr.us-west-2.amazonaws.com/contractorlens';
const sections = ['databases', 'services', 'taskDefinitions', 'targetGroups', 'balancers', 'zones', 'ssm'] as const;
const host = (id: string): string => `${id}.c4d5e6.us-west-2.rds.amazonaws.com`;

function createCloud(change: (estate: EstateInput) => EstateInput = (estate) => estate) {
  const clock = createManualClock();
  const world = createWorld({ clock, estate: change(exampleCloud('contractorlens', sections)) });
  const { ecs, rds } = clientsOf(world.call, 'us-west-2');
  const ssm = new SSMClient({ region: 'us-west-2', credentials: simulatedCredentials });
  (ssm as unknown as { middlewareStack: { use(plugin: unknown): void } }).middlewareStack.use(
    simulatedPlugin(world.call),
  );
  return { world, ecs, rds, ssm, pass: (ms: number) => clock.advance(ms) };
}

const withBreaker = (rollback: boolean) => (estate: EstateInput) => ({
  ...estate,
  services: (estate.services ?? []).map((one) => ({ ...one, circuitBreaker: { enable: true, rollback } })),
});

async function register(
  ecs: ECSClient,
  container: object,
  roles: object = { executionRoleArn: 'arn:aws:iam::1:role/x' },
) {
  const containerDefinitions = [{ name: 'app', image: `${image}:v43`, ...container }];
  const family = { family: 'contractorlens', cpu: '1024', memory: '2048', ...roles };
  const made = await ecs.send(new RegisterTaskDefinitionCommand({ ...family, containerDefinitions }));
  return `contractorlens:${made.taskDefinition?.revision}`;
}

const deploy = (ecs: ECSClient, taskDefinition: string) =>
  ecs.send(new UpdateServiceCommand({ ...named, taskDefinition }));

async function look(ecs: ECSClient) {
  const { services } = await ecs.send(
    new DescribeServicesCommand({ cluster: named.cluster, services: [named.service] }),
  );
  return services?.[0] ?? {};
}

/** What was deployed and how it ended, the newest first. */
async function history(ecs: ECSClient): Promise<string[]> {
  const { serviceDeployments = [] } = await ecs.send(new ListServiceDeploymentsCommand(named));
  const arns = serviceDeployments.map((one) => one.targetServiceRevisionArn ?? '');
  const { serviceRevisions = [] } = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: arns }));
  const of = new Map(serviceRevisions.map((one) => [one.serviceRevisionArn, one.taskDefinition?.split('/').at(-1)]));
  return serviceDeployments
    .sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))
    .map(({ targetServiceRevisionArn: arn, status }) => `${of.get(arn)} ${status}`);
}

describe('task definitions', () => {
  it('get a revision for each registration, however often the same is sent', async () => {
    const { ecs } = createCloud();
    expect([await register(ecs, {}), await register(ecs, {})]).toEqual(['contractorlens:43', 'contractorlens:44']);
    const newest = new ListTaskDefinitionsCommand({ familyPrefix: 'contractorlens', sort: 'DESC', maxResults: 2 });
    const { taskDefinitionArns = [] } = await ecs.send(newest);
    expect(taskDefinitionArns.map((arn) => arn.split('/').at(-1))).toEqual(['contractorlens:44', 'contractorlens:43']);
  });

  it('with secrets need a role that may read them', async () => {
    const { ecs } = createCloud();
    const secrets = [{ name: 'KEY', valueFrom: 'arn:aws:ssm:us-west-2:123456789012:parameter/key' }];
    await expect(register(ecs, { secrets }, {})).rejects.toMatchObject({ name: 'ClientException' });
  });
});

describe('a rollout', () => {
  it('keeps the old tasks until the new ones run, and is kept in the history', async () => {
    const { ecs, pass } = createCloud();
    expect(await history(ecs)).toEqual(['contractorlens:42 SUCCESSFUL', 'contractorlens:41 SUCCESSFUL']);
    await deploy(ecs, await register(ecs, {}));
    await pass(20 * seconds);
    expect(await look(ecs)).toMatchObject({
      runningCount: 2,
      pendingCount: 2,
      deployments: [
        { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', taskDefinition: expect.stringMatching(/:43$/) },
        { status: 'ACTIVE', runningCount: 2, taskDefinition: expect.stringMatching(/:42$/) },
      ],
    });
    await pass(4 * minutes);
    expect(await look(ecs)).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] });
    expect((await history(ecs))[0]).toBe('contractorlens:43 SUCCESSFUL');
  });

  it('of a broken image goes on for ever without a circuit breaker, beside the old tasks', async () => {
    const { world, ecs, pass } = createCloud();
    world.setFault({ kind: 'image-broken', region: 'us-west-2', image: `${image}:v43` });
    await deploy(ecs, await register(ecs, {}));
    await pass(60 * minutes);
    const service = await look(ecs);
    expect(service.deployments).toMatchObject([{ rolloutState: 'IN_PROGRESS' }, { runningCount: 2 }]);
    expect(service.deployments?.[0]?.failedTasks).toBeGreaterThan(20);
    expect(service.events?.map(({ message }) => message)).toContainEqual(expect.stringMatching(/Essential container/));
  });

  it('is rolled back by the circuit breaker, and looks steady then', async () => {
    const { world, ecs, pass } = createCloud(withBreaker(true));
    world.setFault({ kind: 'image-broken', region: 'us-west-2', image: `${image}:v43`, how: 'cannot-pull' });
    await deploy(ecs, await register(ecs, {}));
    await pass(30 * minutes);
    expect(await look(ecs)).toMatchObject({
      runningCount: 2,
      taskDefinition: expect.stringMatching(/:42$/),
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }],
    });
    expect((await history(ecs))[0]).toBe('contractorlens:43 ROLLBACK_SUCCESSFUL');
  });

  it('is given up by a circuit breaker that does not roll back', async () => {
    const { world, ecs, pass } = createCloud(withBreaker(false));
    world.setFault({ kind: 'image-broken', region: 'us-west-2', image: `${image}:v43`, how: 'cannot-pull' });
    await deploy(ecs, await register(ecs, {}));
    await pass(30 * minutes);
    expect((await look(ecs)).deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'FAILED', rolloutStateReason: expect.stringMatching(/circuit breaker/) },
      { status: 'ACTIVE', runningCount: 2 },
    ]);
    expect((await history(ecs))[0]).toBe('contractorlens:43 STOPPED');
  });

  it('is refused for a revision that is inactive', async () => {
    const inactive = { region: 'us-west-2', family: 'contractorlens', revision: 40, status: 'INACTIVE' } as const;
    const { ecs } = createCloud((estate) => ({ ...estate, taskDefinitions: [inactive] }));
    await expect(deploy(ecs, 'contractorlens:40')).rejects.toThrow(/inactive/);
  });
});

describe('a task', () => {
  const restored = (estate: EstateInput): EstateInput => {
    const [first] = estate.databases ?? [];
    return first ? { ...estate, databases: [first, { ...first, id: 'restored' }] } : estate;
  };
  const writers = (world: ReturnType<typeof createCloud>['world']) => world.view().writers.now.map(({ id }) => id);

  it('writes to the database whose endpoint is in its environment', async () => {
    const { world, ecs, pass } = createCloud(restored);
    expect(writers(world)).toEqual(['contractorlens-db']);
    await deploy(
      ecs,
      await register(ecs, { environment: [{ name: 'DB_URL', value: `postgres://app@${host('restored')}/app` }] }),
    );
    await pass(5 * minutes);
    expect(writers(world)).toEqual(['restored']);
  });

  it('keeps the endpoint that a parameter had when it started', async () => {
    const { world, ecs, ssm, pass } = createCloud((estate) => ({
      ...restored(estate),
      ssm: {
        parameters: [
          { region: 'us-west-2', name: '/db/host', type: 'String' as const, value: host('contractorlens-db') },
        ],
      },
    }));
    const secrets = [{ name: 'DB_HOST', valueFrom: 'arn:aws:ssm:us-west-2:123456789012:parameter/db/host' }];
    await deploy(ecs, await register(ecs, { secrets }));
    await pass(5 * minutes);
    await ssm.send(new PutParameterCommand({ Name: '/db/host', Value: host('restored'), Overwrite: true }));
    await pass(30 * minutes);
    expect(writers(world)).toEqual(['contractorlens-db']);
    await ecs.send(new UpdateServiceCommand({ ...named, forceNewDeployment: true }));
    await pass(5 * minutes);
    expect(writers(world)).toEqual(['restored']);
  });

  it('of an image that breaks is replaced again and again, until it is mended', async () => {
    const { world, ecs, pass } = createCloud();
    const id = world.setFault({ kind: 'image-broken', region: 'us-west-2', image: `${image}:v42` });
    await pass(25 * seconds);
    expect((await look(ecs)).runningCount).toBe(0);
    await pass(10 * minutes);
    expect((await look(ecs)).deployments?.[0]?.failedTasks).toBeGreaterThan(4);
    world.clearFault(id);
    await pass(3 * minutes);
    expect(await look(ecs)).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] });
  });
});
