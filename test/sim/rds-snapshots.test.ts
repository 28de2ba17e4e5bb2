import {
  CopyDBSnapshotCommand,
  CreateDBSnapshotCommand,
  DBInstanceAlreadyExistsFault,
  DBSnapshotAlreadyExistsFault,
  DBSnapshotNotFoundFault,
  DeleteDBInstanceCommand,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  type DescribeDBSnapshotsCommandInput,
  InvalidDBInstanceStateFault,
  ModifyDBInstanceCommand,
  type RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
  type RestoreDBInstanceFromDBSnapshotCommandInput,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { describe, expect, it } from '@jest/globals';
import { createWorld, simulatedProbes } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { clientsOf, minutes } from './cloud.ts';

const hours = 60 * minutes;
const days = 24 * hours;
const source = { DBInstanceIdentifier: 'contractorlens-db' };
const settings = {
  VpcSecurityGroupIds: ['sg-0c10db'],
  DBSubnetGroupName: 'contractorlens-private',
  DBParameterGroupName: 'contractorlens-postgres16',
};

/** ContractorLens at noon: us-west-2 has the database, us-east-1 only copies of its snapshots. */
function createBackupCloud() {
  const clock = createManualClock('2026-03-01T12:00:00Z');
  const estate = exampleCloud('contractorlens', ['databases', 'rds']);
  const world = createWorld({
    clock,
    estate: {
      ...estate,
      connections: {
        'env:LIVE': { region: 'us-west-2', id: 'contractorlens-db' },
        'env:RESTORED': { region: 'us-west-2', id: 'restored' },
      },
    },
  });
  const { sql } = simulatedProbes(world.call);
  const count = async (reference: string): Promise<unknown> => {
    const [row] = await sql.query(reference, 'select count(*) as items from items', [], { timeoutMs: 1_000 });
    return row?.items;
  };
  const west = clientsOf(world.call, 'us-west-2', 1).rds;
  const east = clientsOf(world.call, 'us-east-1', 1).rds;
  return { clock, world, west, east, count, pass: (ms: number) => clock.advance(ms) };
}

async function snapshots(rds: RDSClient, input: Partial<DescribeDBSnapshotsCommandInput> = {}) {
  return (await rds.send(new DescribeDBSnapshotsCommand(input))).DBSnapshots ?? [];
}

async function look(rds: RDSClient, id: string) {
  return (await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }))).DBInstances?.[0] ?? {};
}

const take = (id: string) => new CreateDBSnapshotCommand({ ...source, DBSnapshotIdentifier: id });
const restore = (input: Partial<RestoreDBInstanceFromDBSnapshotCommandInput> = {}) =>
  new RestoreDBInstanceFromDBSnapshotCommand({
    DBInstanceIdentifier: 'restored',
    DBSnapshotIdentifier: 'contractorlens-snapshot',
    ...input,
  });
const rename = (DBInstanceIdentifier: string, NewDBInstanceIdentifier: string) =>
  new ModifyDBInstanceCommand({ DBInstanceIdentifier, NewDBInstanceIdentifier, ApplyImmediately: true });
const restoreTo = (RestoreTime: Date, of = 'contractorlens-db') =>
  new RestoreDBInstanceToPointInTimeCommand({
    SourceDBInstanceIdentifier: of,
    TargetDBInstanceIdentifier: 'restored',
    RestoreTime,
    ...settings,
  });

describe('a snapshot', () => {
  it('is creating while its database is backing up, and has its times only when it is there', async () => {
    const { west, pass } = createBackupCloud();
    await west.send(take('before-failover'));
    const [begun] = await snapshots(west, { DBSnapshotIdentifier: 'before-failover' });
    expect(begun).toMatchObject({ Status: 'creating', PercentProgress: 0 });
    expect(begun?.SnapshotCreateTime).toBeUndefined();
    expect((await look(west, 'contractorlens-db')).DBInstanceStatus).toBe('backing-up');
    await expect(west.send(take('another'))).rejects.toBeInstanceOf(InvalidDBInstanceStateFault);
    await pass(5 * minutes);
    const [done] = await snapshots(west, { DBSnapshotIdentifier: 'before-failover' });
    expect(done).toMatchObject({ Status: 'available', PercentProgress: 100 });
    expect(done?.OriginalSnapshotCreateTime?.toISOString()).toBe('2026-03-01T12:00:00.000Z');
    expect((await look(west, 'contractorlens-db')).DBInstanceStatus).toBe('available');
    await expect(west.send(take('before-failover'))).rejects.toBeInstanceOf(DBSnapshotAlreadyExistsFault);
  });

  it('is listed by pages of at least twenty, the oldest first', async () => {
    const { west } = createBackupCloud();
    await expect(snapshots(west, { MaxRecords: 10 })).rejects.toThrow('MaxRecords must be from 20 to 100');
    const taken = (await snapshots(west)).map((one) => one.OriginalSnapshotCreateTime?.getTime() ?? 0);
    expect(taken).toHaveLength(8);
    expect(taken).toEqual([...taken].sort((a, b) => a - b));
  });

  it('is taken by itself every day, kept for the days of its database, and gone with it', async () => {
    const { west, pass } = createBackupCloud();
    const automated = async () =>
      (await snapshots(west, { SnapshotType: 'automated' })).map((one) => one.DBSnapshotIdentifier ?? '');
    const before = await automated();
    expect(before).toHaveLength(7);
    expect(before.at(-1)).toBe('rds:contractorlens-db-2026-03-01-03-05');
    const byName = { DBSnapshotIdentifier: before[0] ?? '' };
    await expect(snapshots(west, byName)).rejects.toBeInstanceOf(DBSnapshotNotFoundFault);
    expect(await snapshots(west, { ...byName, SnapshotType: 'automated' })).toHaveLength(1);
    await pass(1 * days);
    expect(await automated()).toEqual([...before.slice(1), 'rds:contractorlens-db-2026-03-02-03-05']);
    await west.send(new DeleteDBInstanceCommand({ ...source, SkipFinalSnapshot: true }));
    await pass(10 * minutes);
    expect(await automated()).toEqual([]);
    expect(await snapshots(west)).toHaveLength(1);
  });
});

describe('a copy', () => {
  const arn = 'arn:aws:rds:us-west-2:123456789012:snapshot:contractorlens-snapshot';
  const copy = (input: object = {}) =>
    new CopyDBSnapshotCommand({
      SourceDBSnapshotIdentifier: arn,
      TargetDBSnapshotIdentifier: 'copied',
      KmsKeyId: 'alias/contractorlens-dr',
      ...input,
    });

  it('is asked of the Region that it goes to, with a key of that Region', async () => {
    const { east, pass } = createBackupCloud();
    const bare = { SourceDBSnapshotIdentifier: 'contractorlens-snapshot' };
    await expect(east.send(copy(bare))).rejects.toBeInstanceOf(DBSnapshotNotFoundFault);
    await expect(east.send(copy({ KmsKeyId: undefined }))).rejects.toThrow('needs a KMS key of the Region');
    const key = 'arn:aws:kms:us-west-2:123456789012:key/one';
    await expect(east.send(copy({ KmsKeyId: key }))).rejects.toThrow('is not of us-east-1');
    await east.send(copy());
    await pass(15 * minutes);
    const [copied] = await snapshots(east, { DBSnapshotIdentifier: 'copied' });
    expect(copied).toMatchObject({ Status: 'available', SourceDBSnapshotIdentifier: arn, SourceRegion: 'us-west-2' });
    expect(copied?.SnapshotCreateTime?.toISOString()).toBe('2026-03-01T12:15:00.000Z');
    expect(copied?.OriginalSnapshotCreateTime?.toISOString()).toBe('2026-03-01T11:05:00.000Z');
  });

  it('is refused while its source is creating, and fails when the Region of its source goes dark', async () => {
    const { east, west, world, pass } = createBackupCloud();
    await west.send(take('fresh'));
    const fresh = 'arn:aws:rds:us-west-2:123456789012:snapshot:fresh';
    const begun = copy({ SourceDBSnapshotIdentifier: fresh });
    await expect(east.send(begun)).rejects.toThrow('is creating, not available');
    await east.send(copy());
    world.setFault({ kind: 'region-dark', region: 'us-west-2' });
    await pass(15 * minutes);
    expect(await snapshots(east, { DBSnapshotIdentifier: 'copied' })).toMatchObject([{ Status: 'failed' }]);
    await expect(east.send(copy({ TargetDBSnapshotIdentifier: 'later' }))).rejects.toThrow('does not answer');
  });
});

describe('a restored database', () => {
  it('is creating, backing up and then available, and cannot be deleted before', async () => {
    const { west, pass } = createBackupCloud();
    await west.send(restore(settings));
    const early = await look(west, 'restored');
    expect(early.DBInstanceStatus).toBe('creating');
    expect(early.Endpoint).toBeUndefined();
    const drop = new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'restored', SkipFinalSnapshot: true });
    await expect(west.send(drop)).rejects.toBeInstanceOf(InvalidDBInstanceStateFault);
    await expect(west.send(restore(settings))).rejects.toBeInstanceOf(DBInstanceAlreadyExistsFault);
    await pass(13 * minutes);
    expect((await look(west, 'restored')).DBInstanceStatus).toBe('backing-up');
    await pass(3 * minutes);
    expect(await look(west, 'restored')).toMatchObject({
      DBInstanceStatus: 'available',
      DBInstanceClass: 'db.m6g.large',
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0c10db', Status: 'active' }],
      Endpoint: { Address: 'restored.c4d5e6.us-west-2.rds.amazonaws.com' },
    });
    await west.send(drop);
  });

  it('takes defaults for what it is not told, and then lets no application in', async () => {
    const { west, pass, count } = createBackupCloud();
    await west.send(restore());
    await pass(20 * minutes);
    expect(await look(west, 'restored')).toMatchObject({
      MultiAZ: false,
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-default' }],
      DBSubnetGroup: { DBSubnetGroupName: 'default' },
      DBParameterGroups: [{ DBParameterGroupName: 'default.postgres16' }],
    });
    await expect(count('env:RESTORED')).rejects.toThrow('ETIMEDOUT');
    expect(await count('env:LIVE')).toBe('48210');
  });

  it('needs a snapshot and groups of its own Region', async () => {
    const { east } = createBackupCloud();
    await expect(east.send(restore(settings))).rejects.toBeInstanceOf(DBSnapshotNotFoundFault);
    const here = { DBSnapshotIdentifier: 'contractorlens-snapshot-dr' };
    await expect(east.send(restore({ ...here, DBSubnetGroupName: 'elsewhere' }))).rejects.toThrow('DBSubnetGroup');
    await expect(east.send(restore({ ...here, DBParameterGroupName: 'elsewhere' }))).rejects.toThrow(
      'DBParameterGroup',
    );
    await east.send(restore({ ...here, ...settings }));
  });

  it('ends in the status that a fault gives it', async () => {
    const { west, world, pass } = createBackupCloud();
    const at = { region: 'us-west-2', instance: 'contractorlens-db' };
    world.setFault({ kind: 'restore-fails', ...at, status: 'incompatible-network' });
    await west.send(restore(settings));
    await pass(13 * minutes);
    expect((await look(west, 'restored')).DBInstanceStatus).toBe('incompatible-network');
    world.setFault({ kind: 'snapshot-fails', ...at });
    await west.send(take('doomed'));
    await pass(6 * minutes);
    expect(await snapshots(west, { DBSnapshotIdentifier: 'doomed' })).toMatchObject([{ Status: 'failed' }]);
  });
});

describe('a point in time', () => {
  it('is within what the automated backups hold', async () => {
    const { west } = createBackupCloud();
    const { DBInstanceAutomatedBackups } = await west.send(new DescribeDBInstanceAutomatedBackupsCommand(source));
    expect(DBInstanceAutomatedBackups?.[0]?.RestoreWindow).toEqual({
      EarliestTime: new Date('2026-02-22T12:00:00Z'),
      LatestTime: new Date('2026-03-01T11:57:00Z'),
    });
    for (const time of ['2024-01-15T10:30:00Z', '2026-03-01T11:59:00Z']) {
      await expect(west.send(restoreTo(new Date(time)))).rejects.toThrow('outside the restorable window');
    }
    await west.send(restoreTo(new Date('2026-03-01T11:57:00Z')));
  });

  it('before the damage has the rows that are lost since, whatever the databases are called by then', async () => {
    const { west, world, count, pass } = createBackupCloud();
    const at = { region: 'us-west-2', instance: 'contractorlens-db' };
    world.setFault({ kind: 'rows-lost', ...at, table: 'items', rows: 40_000, minutes: 30 });
    expect(await count('env:LIVE')).toBe('8210');
    await west.send(restoreTo(new Date('2026-03-01T11:29:00Z')));
    await pass(20 * minutes);
    expect(await count('env:RESTORED')).toBe('48210');
    await west.send(rename('contractorlens-db', 'aside'));
    await pass(5 * minutes);
    await west.send(rename('restored', 'contractorlens-db'));
    await pass(5 * minutes);
    expect(await count('env:LIVE')).toBe('48210');
    await west.send(restoreTo(new Date('2026-03-01T11:31:00Z'), 'aside'));
    await pass(20 * minutes);
    expect(await count('env:RESTORED')).toBe('8210');
  });
});
