import {
  CreateSecurityGroupCommand,
  DescribeVpcsCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { CreateDBInstanceCommand } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createAws } from '../../src/actions/kit/aws.ts';
import { createActions } from '../../src/actions/registry.ts';
import type { Action, ActionRegistry, Observation, StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { simulatedProbes } from '../../src/sim/index.ts';
import { jumpingClock, lookOn } from '../actions/ground.ts';
import { createClients, readNetwork, testCredentials } from '../support/estate-clients.ts';
import { testHome } from '../support/home-folder.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { describeWith } from '../support/needs.ts';

const region = 'us-west-2';

describeWith('moto_server', "databases and deployments on AWS's own wire", () => {
  let moto: Moto;
  let actions: ActionRegistry;
  let clients: ReturnType<typeof createClients>;
  let fenceGroup: string;
  const clock = jumpingClock();
  const ctx = (): StepContext => ({
    clock,
    signal: new AbortController().signal,
    mode: 'graceful',
    purpose: 'run',
    regions: { active: region, standby: 'us-east-1', primary: region, recovery: 'us-east-1' },
    owner: 'run_1/step',
  });

  beforeAll(async () => {
    moto = await startMoto();
    const nowhere = simulatedProbes(async () => {
      throw new Error('no probe is used here');
    });
    const aws = createAws({
      clock,
      endpoint: moto.url,
      credentials: () => testCredentials,
      beforeEffect: async () => {},
    });
    actions = createActions({ aws, home: testHome, ...nowhere });
    clients = createClients(moto.url, region);
    for (const id of ['app-db', 'app-db-restored']) await createDatabase(id);
    fenceGroup = await createEmptyGroup();
  });
  afterAll(() => moto.stop());

  async function createDatabase(DBInstanceIdentifier: string): Promise<void> {
    const sizes = { DBInstanceClass: 'db.m6g.large', Engine: 'postgres', AllocatedStorage: 20 };
    const owner = { MasterUsername: 'app', MasterUserPassword: 'not-a-secret' };
    await clients.rds.send(new CreateDBInstanceCommand({ DBInstanceIdentifier, ...sizes, ...owner }));
  }

  async function createEmptyGroup(): Promise<string> {
    const ec2 = new EC2Client({ region, endpoint: moto.url, credentials: testCredentials });
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
    const group = { GroupName: 'fence', Description: 'nobody gets in', VpcId: Vpcs?.[0]?.VpcId };
    const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(group));
    const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions }));
    return GroupId;
  }

  function action(name: string): Action {
    const found = actions.get(name);
    if (!found) throw new Error(`no action ${name}`);
    return found;
  }

  async function watch(act: Action, input: JsonObject, receipt: JsonObject): Promise<Observation> {
    for (let looks = 0; ; looks += 1) {
      const seen = await lookOn(act, input, receipt, ctx());
      if (seen.state === 'done' || seen.state === 'failed' || looks > 20) return seen;
    }
  }

  /** Planned as a change, found once it is sent, seen done, planned as none, and put back. */
  async function converges(name: string, input: JsonObject): Promise<void> {
    const act = action(name);
    const before = await act.plan(input, ctx());
    expect(before.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(before.noChange).toBe(false);
    const captured = await carryOut(act, input);
    expect((await act.plan(input, ctx())).noChange).toBe(true);
    const back = act.restore(input, captured);
    if (back === null) throw new Error('expected something to put back');
    await carryOut(act, back);
    expect((await act.plan(input, ctx())).before).toEqual(before.before);
  }

  async function carryOut(act: Action, input: JsonObject): Promise<JsonObject> {
    const captured = await act.capture(input, ctx());
    expect(await act.lookup(input, 'token', captured, ctx())).toEqual({ happened: false });
    await act.apply(input, 'token', captured, ctx());
    const found = await act.lookup(input, 'token', captured, ctx());
    if (found.happened !== true) throw new Error(JSON.stringify(found));
    expect(await watch(act, input, found.receipt)).toMatchObject({ state: 'done' });
    return captured;
  }

  it('fences a database and lets it back', async () => {
    await converges('rds.fence', { region, instance: 'app-db', security_groups: [fenceGroup] });
  });

  it('swaps nothing where two instances cannot be told apart: moto gives all the same resource id', async () => {
    const input = { region, instance: 'app-db', replacement: 'app-db-restored' };
    await expect(action('rds.swap-identifier').capture(input, ctx())).rejects.toThrow(/the same resource id/);
  });

  it('registers a revision with all that it does not change', async () => {
    const { ecs } = clients;
    const { subnets, group } = await readNetwork(moto.url, region);
    const container = {
      name: 'app',
      image: 'app:v1',
      essential: true,
      memory: 512,
      portMappings: [{ containerPort: 8080 }],
    };
    const settings = {
      ...{ family: 'app', cpu: '256', memory: '512', volumes: [{ name: 'scratch' }] },
      ...{ taskRoleArn: 'arn:aws:iam::123456789012:role/task', executionRoleArn: 'arn:aws:iam::123456789012:role/run' },
      networkMode: 'awsvpc' as const,
      requiresCompatibilities: ['FARGATE' as const],
      runtimePlatform: { cpuArchitecture: 'ARM64' as const, operatingSystemFamily: 'LINUX' as const },
    };
    await ecs.send(new RegisterTaskDefinitionCommand({ ...settings, containerDefinitions: [container] }));
    await ecs.send(new CreateClusterCommand({ clusterName: 'main' }));
    const networkConfiguration = { awsvpcConfiguration: { subnets, securityGroups: [group] } };
    const service = { cluster: 'main', serviceName: 'app', taskDefinition: 'app:1', desiredCount: 1 };
    const launched = { ...service, launchType: 'FARGATE' as const, networkConfiguration };
    await ecs.send(new CreateServiceCommand(launched));
    const input = { region, cluster: 'main', service: 'app', environment: { DB_HOST: 'db.example.com' } };
    const act = action('ecs.deploy');
    const captured = await act.capture(input, ctx());
    for (const _ of [1, 2]) {
      const receipt = await act.apply(input, 'token', captured, ctx());
      expect(receipt.task_definition).toBe('app:2');
    }
    const describe = new DescribeTaskDefinitionCommand({ taskDefinition: 'app:2', include: ['TAGS'] });
    const { taskDefinition, tags } = await ecs.send(describe);
    expect(taskDefinition).toMatchObject(settings);
    expect(taskDefinition?.containerDefinitions).toMatchObject([
      { ...container, environment: [{ name: 'DB_HOST', value: 'db.example.com' }] },
    ]);
    expect(tags).toContainEqual({ key: 'muster:step', value: 'run_1/step' });
  });
});
