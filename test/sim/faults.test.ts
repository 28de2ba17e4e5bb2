import { RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DescribeDBInstancesCommand,
  DescribePendingMaintenanceActionsCommand,
  PromoteReadReplicaCommand,
  RebootDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { clientsOf, createCloud, minutes, seconds } from './cloud.ts';

const describeReplica = new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'dr-database' });
const promote = new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'dr-database' });
const fence = new UpdateServiceCommand({ cluster: 'prod-cluster', service: 'app-service', desiredCount: 0 });
const hold = new RegisterScalableTargetCommand({
  ServiceNamespace: 'ecs',
  ScalableDimension: 'ecs:service:DesiredCount',
  ResourceId: 'service/prod-cluster/app-service',
  SuspendedState: { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true },
});
const asked = { timeoutMs: 5_000 };
const url = 'https://api.dr.example.com/health';

describe('a dark Region', () => {
  it('answers nothing, serves nobody, and comes back as it was', async () => {
    const { world, east, west, probes } = createCloud();
    const id = world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await expect(east.ecs.send(new DescribeServicesCommand({ services: ['x'] }))).rejects.toMatchObject({
      name: 'TimeoutError',
      $metadata: { attempts: 3 },
    });
    await expect(probes.http.get(url, asked)).rejects.toThrow('did not answer within 5000 ms');
    await expect(probes.sql.query('env:ACME_DB_US_EAST_1', 'select 1', [], asked)).rejects.toThrow(/ETIMEDOUT/);
    await expect(west.rds.send(describeReplica)).resolves.toBeDefined();
    world.clearFault(id);
    expect((await probes.http.get(url, asked)).status).toBe(200);
  });

  it('leaves two writers when it returns to a promoted other side, and the audit counts how long', async () => {
    const { world, east, west, pass } = createCloud();
    const id = world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await pass(10 * minutes);
    await west.rds.send(promote);
    await pass(10 * minutes);
    expect(world.audit()).toMatchObject({ writersOverlapMs: 0, promotions: [{ instance: 'dr-database' }] });
    expect(world.audit().promotions[0]?.lostSeconds).toBeGreaterThan(14 * 60);
    world.clearFault(id);
    await pass(60 * seconds);
    await east.scaling.send(hold);
    await east.ecs.send(fence);
    await pass(10 * minutes);
    expect(world.audit().effects.map((effect) => [effect.command, effect.target, effect.accepted])).toEqual([
      ['PromoteReadReplica', 'rds:dr-database', true],
      ['RegisterScalableTarget', 'ecs:prod-cluster/app-service', true],
      ['UpdateService', 'ecs:prod-cluster/app-service', true],
    ]);
    expect(world.audit().writersOverlapMs).toBe(105 * seconds);
  });

  it('counts the overlap of a fence that autoscaling undoes', async () => {
    const { world, east, west, pass } = createCloud();
    await east.ecs.send(fence);
    await west.rds.send(promote);
    await pass(10 * minutes);
    expect(world.view().writers.now).toHaveLength(2);
    expect(world.audit().writersOverlapMs).toBeGreaterThan(4 * minutes);
  });

  it('counts no overlap when the old side is fenced before promotion', async () => {
    const { world, east, west, pass } = createCloud();
    await east.scaling.send(hold);
    await east.ecs.send(fence);
    await west.rds.send(promote);
    await pass(7 * minutes);
    expect(world.view().writers).toEqual({ now: [{ region: 'us-west-2', id: 'dr-database' }], overlapMs: 0 });
  });
});

describe('a fault of calls', () => {
  it('is ridden out by the SDK when it throttles fewer times than there are attempts', async () => {
    const { world, west } = createCloud();
    world.setFault({ kind: 'call', fails: 'throttling', service: 'rds', command: 'DescribeDBInstances', times: 2 });
    const { $metadata } = await west.rds.send(describeReplica);
    expect($metadata.attempts).toBe(3);
  });

  it.each([
    ['throttling', { name: 'Throttling', $metadata: { httpStatusCode: 400, attempts: 2 } }],
    ['error', { name: 'InternalFailure', $fault: 'server', $metadata: { httpStatusCode: 500, attempts: 2 } }],
    ['timeout', { name: 'TimeoutError', code: 'ETIMEDOUT', $metadata: { attempts: 2 } }],
    ['access-denied', { name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403, attempts: 1 } }],
    ['lost-answer', { name: 'TimeoutError', code: 'ECONNRESET', $metadata: { attempts: 2 } }],
  ] as const)('%s looks as the SDK would have it', async (fails, shape) => {
    const { world } = createCloud();
    const { rds } = clientsOf(world.call, 'us-west-2', 2);
    world.setFault({ kind: 'call', fails, service: 'rds' });
    await expect(rds.send(describeReplica)).rejects.toMatchObject(shape);
  });

  it.each([
    ['rds', 'ExpiredToken', 403],
    ['ecs', 'ExpiredTokenException', 400],
    ['s3', 'ExpiredToken', 400],
  ] as const)('says in the words of %s that the credentials have expired', async (service, name, httpStatusCode) => {
    const { world } = createCloud();
    const { rds, ecs, s3 } = clientsOf(world.call, 'us-west-2', 1);
    world.setFault({ kind: 'call', fails: 'expired-credentials' });
    const asked = {
      rds: () => rds.send(describeReplica),
      ecs: () => ecs.send(new DescribeServicesCommand({ cluster: 'dr-cluster', services: ['app-service'] })),
      s3: () => s3.send(new HeadBucketCommand({ Bucket: 'acme-dr-switch-us-west-2' })),
    };
    await expect(asked[service]()).rejects.toMatchObject({ name, $metadata: { httpStatusCode, attempts: 1 } });
  });

  it('leaves probes alone where credentials have expired', async () => {
    const { world, probes } = createCloud();
    world.setFault({ kind: 'call', fails: 'expired-credentials' });
    expect((await probes.http.get(url, asked)).status).toBe(200);
  });

  it('throttles JSON services by their own name', async () => {
    const { world } = createCloud();
    const { ecs } = clientsOf(world.call, 'us-west-2', 1);
    world.setFault({ kind: 'call', fails: 'throttling' });
    const read = new DescribeServicesCommand({ cluster: 'dr-cluster', services: ['app-service'] });
    await expect(ecs.send(read)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('strikes only the nth call of its service, command and Region', async () => {
    const { world, east } = createCloud();
    const { rds } = clientsOf(world.call, 'us-west-2', 1);
    const where = { service: 'rds', command: 'DescribeDBInstances', region: 'us-west-2' };
    world.setFault({ kind: 'call', fails: 'timeout', ...where, nth: 2, times: 1 });
    await east.rds.send(new DescribeDBInstancesCommand({}));
    await rds.send(describeReplica);
    await expect(rds.send(describeReplica)).rejects.toMatchObject({ name: 'TimeoutError' });
    await rds.send(describeReplica);
  });

  it('loses an answer after the effect: the retry finds it done', async () => {
    const { world, west } = createCloud();
    world.setFault({ kind: 'call', fails: 'lost-answer', command: 'PromoteReadReplica', times: 1 });
    await expect(west.rds.send(promote)).rejects.toMatchObject({ name: 'InvalidDBInstanceStateFault' });
    expect(world.audit().effects.map((effect) => effect.accepted)).toEqual([true, false]);
  });

  it('leaves no effect when the call itself was lost', async () => {
    const { world } = createCloud();
    const { rds } = clientsOf(world.call, 'us-west-2', 1);
    world.setFault({ kind: 'call', fails: 'timeout', command: 'PromoteReadReplica' });
    await expect(rds.send(promote)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(world.audit().effects).toEqual([]);
  });

  it('answers garbage: the shape without its contents', async () => {
    const { world, west, probes } = createCloud();
    world.setFault({ kind: 'call', fails: 'garbage' });
    expect((await west.rds.send(describeReplica)).DBInstances).toEqual([{}]);
    await expect(probes.http.get(url, asked)).rejects.toThrow(/cannot read/);
  });

  it('answers late, and an impatient caller can leave', async () => {
    const { world, clock, west } = createCloud();
    world.setFault({ kind: 'call', fails: 'slow', delayMs: 60 * seconds });
    const patient = west.rds.send(describeReplica);
    const leaving = new AbortController();
    const impatient = west.rds.send(describeReplica, { abortSignal: leaving.signal });
    await new Promise((resolve) => setTimeout(resolve, 50));
    leaving.abort();
    await expect(impatient).rejects.toMatchObject({ name: 'AbortError' });
    await clock.advance(60 * seconds);
    await expect(patient).resolves.toMatchObject({ DBInstances: [{}] });
  });

  it('is refused when it is none', () => {
    const { world } = createCloud();
    expect(() => world.setFault({ kind: 'region-dim', region: 'x' } as never)).toThrow(/kind/);
    expect(world.listFaults()).toEqual([]);
    expect(world.clearFault('fault-0')).toBe(false);
  });
});

describe('the rest of the account', () => {
  it('knows who calls, and its quotas', async () => {
    const { west } = createCloud();
    expect(await west.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '123456789012' });
    const role = { RoleArn: 'arn:aws:iam::123456789012:role/muster-run', RoleSessionName: 'run_1' };
    const { AssumedRoleUser } = await west.sts.send(new AssumeRoleCommand(role));
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::123456789012:assumed-role/muster-run/run_1');
    const quota = new GetServiceQuotaCommand({ ServiceCode: 'fargate', QuotaCode: 'L-3032A538' });
    expect((await west.quotas.send(quota)).Quota?.Value).toBe(100);
    const none = new GetServiceQuotaCommand({ ServiceCode: 'fargate', QuotaCode: 'L-0' });
    await expect(west.quotas.send(none)).rejects.toMatchObject({ name: 'NoSuchResourceException' });
  });

  it('names a command that it does not know', async () => {
    const { west } = createCloud();
    await expect(west.rds.send(new DescribePendingMaintenanceActionsCommand({}))).rejects.toThrow(
      /does not know rds:DescribePendingMaintenanceActions/,
    );
    await expect(
      west.rds.send(new RebootDBInstanceCommand({ DBInstanceIdentifier: 'dr-database' })),
    ).resolves.toBeDefined();
  });
});
