import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeDBInstancesCommand, PromoteReadReplicaCommand } from '@aws-sdk/client-rds';
import { ChangeResourceRecordSetsCommand, GetChangeCommand, ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { buildEstate, type Estate, primary, recovery } from '../support/estate.ts';
import { createClients } from '../support/estate-clients.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { type MotoProxy, startMotoProxy, type Timing } from '../support/moto-proxy.ts';
import { describeWith } from '../support/needs.ts';

describeWith('moto_server', 'the proxy before moto_server', () => {
  let moto: Moto;
  let proxy: MotoProxy;
  let estate: Estate;

  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(async () => {
    await proxy.stop();
    await moto.stop();
  });
  beforeEach(async () => {
    await proxy?.stop();
    await moto.reset();
    await open({});
    estate = await buildEstate(proxy.url);
  });

  async function open(timing: Partial<Timing>): Promise<void> {
    proxy = await startMotoProxy(moto.url, timing);
  }

  async function reopen(timing: Partial<Timing>): Promise<void> {
    await proxy.stop();
    await open(timing);
  }

  const describeReplica = async () => {
    const { rds } = createClients(proxy.url, recovery);
    const found = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'dr-database' }));
    return found.DBInstances?.[0];
  };
  const promote = async (region: string, id: string) => {
    const { rds } = createClients(proxy.url, region);
    return await rds.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: id }));
  };

  it('takes a promotion through its states before the source is gone', async () => {
    await reopen({ promoteMs: 500 });
    const receipt = await promote(recovery, 'dr-database');
    expect(receipt.DBInstance?.DBInstanceStatus).toBe('modifying');
    expect(receipt.DBInstance?.ReadReplicaSourceDBInstanceIdentifier).toBeDefined();

    const seen: string[] = [];
    let replica = await describeReplica();
    while (replica?.ReadReplicaSourceDBInstanceIdentifier !== undefined) {
      if (replica.DBInstanceStatus !== seen.at(-1)) seen.push(replica.DBInstanceStatus ?? '');
      await sleep(20);
      replica = await describeReplica();
    }
    expect(seen).toEqual(['modifying', 'rebooting']);
    expect(replica).toMatchObject({ DBInstanceStatus: 'available' });
    expect(replica?.StatusInfos ?? []).toEqual([]);

    const { rds } = createClients(proxy.url, primary);
    const source = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'prod-database' }));
    expect(source.DBInstances?.[0]?.ReadReplicaDBInstanceIdentifiers ?? []).toEqual([]);
  });

  it('refuses to promote what is not a replica, is one no more, or does not exist', async () => {
    await expect(promote(primary, 'prod-database')).rejects.toMatchObject({ name: 'InvalidDBInstanceStateFault' });
    await promote(recovery, 'dr-database');
    await expect(promote(recovery, 'dr-database')).rejects.toMatchObject({ name: 'InvalidDBInstanceStateFault' });
    await expect(promote(recovery, 'nothing')).rejects.toMatchObject({ name: 'DBInstanceNotFoundFault' });
  });

  it('has promotions that never end and promotions that fail, both still replicas', async () => {
    await reopen({ promotion: 'never', promoteMs: 0 });
    await promote(recovery, 'dr-database');
    expect((await describeReplica())?.DBInstanceStatus).toBe('modifying');
    proxy.timing.promotion = 'fails';
    const failed = await describeReplica();
    expect(failed?.DBInstanceStatus).toBe('incompatible-restore');
    expect(failed?.ReadReplicaSourceDBInstanceIdentifier).toBeDefined();
  });

  it('starts tasks over time, then calls the rollout complete, and their targets healthy after that', async () => {
    await reopen({ ecsRampMs: 400, targetHealthyMs: 100 });
    const { ecs, elb } = createClients(proxy.url, recovery);
    const names = { cluster: 'dr-cluster', service: 'app-service' };
    const updated = await ecs.send(new UpdateServiceCommand({ ...names, desiredCount: 6 }));
    expect(updated.service).toMatchObject({ desiredCount: 6, runningCount: 2, pendingCount: 4 });
    expect(updated.service?.deployments?.[0]?.rolloutState).toBe('IN_PROGRESS');

    const groups = async () => {
      const found = await elb.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: estate.sites[recovery].targetGroup }),
      );
      return found.TargetHealthDescriptions?.map((target) => target.TargetHealth?.State) ?? [];
    };
    expect(await groups()).toContain('initial');

    const service = async () => {
      const found = await ecs.send(new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] }));
      return found.services?.[0];
    };
    while ((await service())?.deployments?.[0]?.rolloutState !== 'COMPLETED') await sleep(20);
    expect(await service()).toMatchObject({ desiredCount: 6, runningCount: 6, pendingCount: 0 });
    while ((await groups()).includes('initial')) await sleep(20);
    expect(await groups()).toEqual(Array(6).fill('healthy'));
  });

  it('stops tasks over time: the service counts them no more while they are still STOPPING', async () => {
    await reopen({ ecsRampMs: 0, taskStoppingMs: 1_000 });
    const { ecs } = createClients(proxy.url, recovery);
    const cluster = 'dr-cluster';
    await ecs.send(new UpdateServiceCommand({ cluster, service: 'app-service', desiredCount: 0 }));
    await sleep(5);
    const found = await ecs.send(new DescribeServicesCommand({ cluster, services: ['app-service'] }));
    expect(found.services?.[0]).toMatchObject({ desiredCount: 0, runningCount: 0 });
    const states = async () => {
      const ask = { cluster, serviceName: 'app-service' };
      const running = await ecs.send(new ListTasksCommand({ ...ask, desiredStatus: 'RUNNING' }));
      expect(running.taskArns).toEqual([]);
      const { taskArns } = await ecs.send(new ListTasksCommand({ ...ask, desiredStatus: 'STOPPED' }));
      const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
      return tasks?.map(({ lastStatus }) => lastStatus) ?? [];
    };
    expect(await states()).toEqual(['STOPPING', 'STOPPING']);
    while ((await states()).includes('STOPPING')) await sleep(20);
    expect(await states()).toEqual(['STOPPED', 'STOPPED']);
  });

  it('has tasks that do not start, and says why among the events', async () => {
    await reopen({ tasks: 'never-start', ecsRampMs: 0 });
    const { ecs } = createClients(proxy.url, recovery);
    await ecs.send(new UpdateServiceCommand({ cluster: 'dr-cluster', service: 'app-service', desiredCount: 6 }));
    const found = await ecs.send(new DescribeServicesCommand({ cluster: 'dr-cluster', services: ['app-service'] }));
    expect(found.services?.[0]).toMatchObject({ desiredCount: 6, runningCount: 2 });
    expect(found.services?.[0]?.deployments?.[0]?.rolloutState).toBe('IN_PROGRESS');
    expect(found.services?.[0]?.events?.[0]?.message).toContain('unable to place a task');
  });

  it('gives every DNS change an id of its own that is pending before it is in sync', async () => {
    await reopen({ dnsPendingMs: 200 });
    const { route53 } = createClients(proxy.url, recovery);
    const change = async (value: string) => {
      const ResourceRecordSet = {
        Name: 'www.dr.example.com',
        Type: 'CNAME' as const,
        TTL: 60,
        ResourceRecords: [{ Value: value }],
      };
      const ChangeBatch = { Changes: [{ Action: 'UPSERT' as const, ResourceRecordSet }] };
      const made = await route53.send(
        new ChangeResourceRecordSetsCommand({ HostedZoneId: estate.dns.zone, ChangeBatch }),
      );
      return made.ChangeInfo?.Id ?? '';
    };
    const status = async (Id: string) => (await route53.send(new GetChangeCommand({ Id }))).ChangeInfo?.Status;

    const first = await change('a.example.com');
    expect(await status(first)).toBe('PENDING');
    expect(await change('b.example.com')).not.toBe(first);
    while ((await status(first)) === 'PENDING') await sleep(20);
    expect(await status(first)).toBe('INSYNC');
    await expect(status('/change/CNOTHING')).rejects.toMatchObject({ name: 'NoSuchChange' });
  });

  it('makes a Region dark, Route 53 with us-east-1 whatever Region signs, and leaves the other one', async () => {
    proxy.faults.add({ region: primary, do: 'dark' });
    const abortSignal = () => AbortSignal.timeout(300);
    const east = createClients(proxy.url, primary);
    const west = createClients(proxy.url, recovery);
    await expect(east.rds.send(new DescribeDBInstancesCommand({}), { abortSignal: abortSignal() })).rejects.toThrow();
    await expect(west.route53.send(new ListHostedZonesCommand({}), { abortSignal: abortSignal() })).rejects.toThrow();
    await expect(west.rds.send(new DescribeDBInstancesCommand({}))).resolves.toMatchObject({
      $metadata: { httpStatusCode: 200 },
    });
    proxy.faults.clear();
    await expect(east.rds.send(new DescribeDBInstancesCommand({}))).resolves.toMatchObject({
      $metadata: { httpStatusCode: 200 },
    });
  });

  it.each([
    ['rds', { do: 'throttle' }, 'Throttling'],
    ['rds', { do: 'fail', status: 503, code: 'ServiceUnavailable' }, 'ServiceUnavailable'],
  ] as const)(
    'answers %s with %j for as many calls as asked, which the SDK then sits out',
    async (service, fault, name) => {
      proxy.faults.add({ service, times: 1, ...fault });
      const once = createClients(proxy.url, recovery, 1);
      await expect(once.rds.send(new DescribeDBInstancesCommand({}))).rejects.toMatchObject({ name });

      proxy.faults.add({ service, times: 1, ...fault });
      const patient = createClients(proxy.url, recovery);
      const found = await patient.rds.send(new DescribeDBInstancesCommand({}));
      expect(found.$metadata.attempts).toBe(2);
    },
  );

  it('throttles JSON services in their own words', async () => {
    proxy.faults.add({ service: 'ecs', do: 'throttle' });
    const { ecs } = createClients(proxy.url, recovery, 1);
    const asked = ecs.send(new DescribeServicesCommand({ cluster: 'dr-cluster', services: ['app-service'] }));
    await expect(asked).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('loses an answer after the effect, which then is there', async () => {
    proxy.faults.add({ operation: 'PromoteReadReplica', times: 1, do: 'lose-answer' });
    const { rds } = createClients(proxy.url, recovery, 1);
    await expect(rds.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'dr-database' }))).rejects.toThrow();
    expect((await describeReplica())?.DBInstanceStatus).not.toBe('available');
    expect(proxy.calls.filter((call) => call.operation === 'PromoteReadReplica')).toHaveLength(1);
  });
});
