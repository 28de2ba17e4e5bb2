import { describe, expect, it } from '@jest/globals';
import { type CloudCall, createWorld, type FaultInput, type WorldView } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createCloud, minutes } from './cloud.ts';

/** What the world of an example looks like after these faults, calls and times. */
async function seen(name: 'contractorlens' | 'flight-data', ...events: (FaultInput | CloudCall | number)[]) {
  const clock = createManualClock();
  const world = createWorld({ clock, estate: exampleCloud(name) });
  for (const event of events) {
    if (typeof event === 'number') await clock.advance(event);
    else if ('kind' in event) world.setFault(event);
    else expect(await world.call(event)).toMatchObject({ ok: true });
  }
  return world.view();
}

function inRegion(view: WorldView, name: string) {
  const region = view.regions.find((one) => one.region === name);
  if (!region) throw new Error(`There is no Region ${name}.`);
  return region;
}

const east = 'us-east-1';
const west = 'us-west-2';
const call = (service: string, command: string, region: string, input: CloudCall['input']): CloudCall => ({
  service,
  command,
  region,
  input,
});
const restoreTable = call('dynamodb', 'RestoreTableToPointInTime', east, {
  SourceTableName: 'flightdata-main',
  TargetTableName: 'flightdata-main-restored',
  UseLatestRestorableTime: true,
});
const modify = (change: object) =>
  call('rds', 'ModifyDBInstance', west, {
    DBInstanceIdentifier: 'contractorlens-db',
    ApplyImmediately: true,
    ...change,
  });

describe('the names that people ask', () => {
  it('are without those that only tests ask', async () => {
    expect((await seen('contractorlens')).traffic).toMatchObject([{ name: 'api.contractorlens.com', region: west }]);
  });
});

describe('tables and what leads to them', () => {
  it('are listed with their items, and with the parameters that name them', async () => {
    const { tables, pointers } = inRegion(await seen('flight-data'), east);
    expect(tables.find(({ name }) => name === 'flightdata-config')).toMatchObject({ items: 24, status: 'active' });
    expect(pointers).toContainEqual({ name: '/flightdata/tables/main', to: 'flightdata-main', there: true });
    const other = inRegion(await seen('flight-data'), west);
    expect(other.pointers).toContainEqual({ name: '/flightdata/tables/main', to: 'flightdata-main', there: false });
  });

  it('are being restored, from what, and backed up', async () => {
    const restoring = inRegion(await seen('flight-data', restoreTable), east).tables;
    expect(restoring.find(({ name }) => name === 'flightdata-main-restored')).toMatchObject({
      status: 'restoring',
      items: 0,
      restoredFrom: { region: east, name: 'flightdata-main' },
    });
    const backUp = call('dynamodb', 'CreateBackup', east, { TableName: 'flightdata-main', BackupName: 'now' });
    const backedUp = inRegion(await seen('flight-data', backUp), east).tables;
    expect(backedUp.find(({ name }) => name === 'flightdata-main')?.status).toBe('backing up');
  });

  it('deny writes once the policy is heeded', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'dynamodb:*', Resource: '*' }],
    });
    const arn = `arn:aws:dynamodb:${east}:123456789012:table/flightdata-main`;
    const deny = call('dynamodb', 'PutResourcePolicy', east, { ResourceArn: arn, Policy });
    const denied = (view: WorldView) => inRegion(view, east).tables.map(({ writesDenied }) => writesDenied);
    expect(denied(await seen('flight-data'))).toEqual([false, false, false]);
    expect(denied(await seen('flight-data', deny, 5 * minutes))).toEqual([true, false, false]);
  });

  it('keep to themselves that what is in them is corrupt', async () => {
    const corrupt: FaultInput = { kind: 'table-corrupt', region: east, table: 'flightdata-main', minutes: 30 };
    expect(inRegion(await seen('flight-data', corrupt), east)).toEqual(inRegion(await seen('flight-data'), east));
  });

  it('are still led to once they are gone', async () => {
    const { tables, pointers } = inRegion(
      await seen('flight-data', { kind: 'table-lost', region: east, table: 'flightdata-main' }),
      east,
    );
    expect(tables.map(({ name }) => name)).not.toContain('flightdata-main');
    expect(pointers).toContainEqual({ name: '/flightdata/tables/main', to: 'flightdata-main', there: false });
  });

  it('never show a secure parameter', async () => {
    const text = JSON.stringify(await seen('contractorlens'));
    expect(text).toContain('/contractorlens/db/host');
    expect(text).not.toContain('/contractorlens/db/password');
    expect(text).not.toContain('simulated-7f3a91c2');
  });
});

describe('functions, buckets and stacks', () => {
  const processor = (view: WorldView) =>
    inRegion(view, east).functions.find(({ name }) => name === 'flightdata-processor');

  it('say that nothing of a function may run, and which of its event sources are off', async () => {
    expect(processor(await seen('flight-data'))).toMatchObject({
      status: 'active',
      throttled: false,
      sources: { on: 1, of: 1 },
    });
    const throttle = call('lambda', 'PutFunctionConcurrency', east, {
      FunctionName: 'flightdata-processor',
      ReservedConcurrentExecutions: 0,
    });
    expect(processor(await seen('flight-data', throttle))).toMatchObject({ throttled: true });
  });

  it('count what a bucket has not replicated yet, or could not', async () => {
    const put = call('s3', 'PutObject', east, { Bucket: 'flightdata-raw', Key: 'new.json', Body: '{}' });
    const raw = (view: WorldView) => inRegion(view, east).buckets.find(({ name }) => name === 'flightdata-raw');
    const before = raw(await seen('flight-data'));
    expect(before).toMatchObject({ pending: 0, failed: 0, replicatesTo: ['flightdata-raw-backup-us-west-2'] });
    expect(raw(await seen('flight-data', put))).toMatchObject({ pending: 1, objects: (before?.objects ?? 0) + 1 });
    const refused: FaultInput = { kind: 'replication-fails', bucket: 'flightdata-raw' };
    expect(raw(await seen('flight-data', refused, put, 30 * minutes))).toMatchObject({ pending: 0, failed: 1 });
  });

  it('give a stack with its status and what it holds', async () => {
    expect(inRegion(await seen('flight-data'), west).stacks).toMatchObject([
      { name: 'flightdata-pipeline', status: 'CREATE_COMPLETE', resources: expect.arrayContaining(['Capacity']) },
    ]);
  });

  it('say whether functions answer behind a gateway', async () => {
    expect(inRegion(await seen('flight-data'), east).gateways).toMatchObject([{ answers: true }]);
    const lost: FaultInput = { kind: 'functions-lost', region: east, prefix: 'flightdata-api' };
    expect(inRegion(await seen('flight-data', lost), east).gateways).toMatchObject([{ answers: false }]);
  });
});

describe('databases and what protects them', () => {
  it('say that one was restored, and from whose data', async () => {
    const restore = call('rds', 'RestoreDBInstanceFromDBSnapshot', east, {
      DBInstanceIdentifier: 'contractorlens-db-dr',
      DBSnapshotIdentifier: 'contractorlens-snapshot-dr',
    });
    const { databases, copiesOf } = inRegion(await seen('contractorlens', restore), east);
    expect(databases).toMatchObject([{ id: 'contractorlens-db-dr', restoredFrom: 'contractorlens-db', was: null }]);
    expect(copiesOf).toEqual(['contractorlens-db']);
  });

  it('say that one was renamed, or that nobody gets in', async () => {
    const renamed = await seen(
      'contractorlens',
      modify({ NewDBInstanceIdentifier: 'contractorlens-db-old' }),
      15 * minutes,
    );
    expect(inRegion(renamed, west).databases).toMatchObject([
      { id: 'contractorlens-db-old', was: 'contractorlens-db', fenced: false },
    ]);
    const fenced = await seen('contractorlens', modify({ VpcSecurityGroupIds: ['sg-0c10dbfence'] }), 15 * minutes);
    expect(inRegion(fenced, west).databases).toMatchObject([{ was: null, fenced: true, restoredFrom: null }]);
  });

  it('say which instance is cut off, and which group lets less through than at first', async () => {
    const groups = call('ec2', 'ModifyNetworkInterfaceAttribute', west, {
      NetworkInterfaceId: 'eni-0c10ba5e00000001',
      Groups: ['sg-0c10contain'],
    });
    const isolated = (view: WorldView) => inRegion(view, west).instances.map((one) => one.isolated);
    expect(isolated(await seen('contractorlens'))).toEqual([false]);
    expect(isolated(await seen('contractorlens', groups))).toEqual([true]);
    const revoke = call('ec2', 'RevokeSecurityGroupIngress', west, {
      GroupId: 'sg-0c10app',
      SecurityGroupRuleIds: ['sgr-0c10app-in-1'],
    });
    expect(inRegion(await seen('contractorlens'), west).lockedGroups).toEqual([]);
    expect(inRegion(await seen('contractorlens', revoke), west).lockedGroups).toMatchObject([
      { name: 'contractorlens-app', inbound: { now: 1, first: 2 } },
    ]);
  });
});

it('has none of it in a world without', () => {
  const { world } = createCloud();
  for (const region of world.view().regions) {
    const { tables, pointers, functions, buckets, stacks, instances, lockedGroups, copiesOf } = region;
    const all = [tables, pointers, functions, buckets, stacks, instances, lockedGroups, copiesOf];
    expect(all.flat()).toEqual([]);
  }
});
