import {
  AddTagsToResourceCommand,
  CreateDBInstanceReadReplicaCommand,
  DBInstanceNotFoundFault,
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  DescribeEventsCommand,
  ListTagsForResourceCommand,
  ModifyDBInstanceCommand,
  PromoteReadReplicaCommand,
  type RDSClient,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { describe, expect, it } from '@jest/globals';
import { createCloud, minutes, seconds } from './cloud.ts';

async function look(rds: RDSClient, id: string) {
  const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }));
  return DBInstances?.[0] ?? {};
}

const promote = (id: string) => new PromoteReadReplicaCommand({ DBInstanceIdentifier: id });
const sourceArn = 'arn:aws:rds:us-east-1:123456789012:db:prod-database';

describe('a replica', () => {
  it('names its source by ARN and says that it replicates', async () => {
    const { east, west } = createCloud();
    expect(await look(west.rds, 'dr-database')).toMatchObject({
      DBInstanceStatus: 'available',
      ReadReplicaSourceDBInstanceIdentifier: sourceArn,
      StatusInfos: [{ StatusType: 'read replication', Normal: true, Status: 'replicating' }],
      Endpoint: { Address: 'dr-database.c1a2b3.us-west-2.rds.amazonaws.com', Port: 5432 },
    });
    expect(await look(east.rds, 'prod-database')).toMatchObject({
      ReadReplicaDBInstanceIdentifiers: ['arn:aws:rds:us-west-2:123456789012:db:dr-database'],
      LatestRestorableTime: expect.any(Date),
    });
  });

  it('is promoted through modifying and rebooting, a replica until the end', async () => {
    const { west, pass } = createCloud();
    const { DBInstance } = await west.rds.send(promote('dr-database'));
    expect(DBInstance).toMatchObject({
      DBInstanceStatus: 'modifying',
      ReadReplicaSourceDBInstanceIdentifier: sourceArn,
    });
    await pass(220 * seconds);
    const rebooting = await look(west.rds, 'dr-database');
    expect(rebooting.DBInstanceStatus).toBe('rebooting');
    expect(rebooting.ReadReplicaSourceDBInstanceIdentifier).toBe(sourceArn);
    await pass(80 * seconds);
    const done = await look(west.rds, 'dr-database');
    expect(done.DBInstanceStatus).toBe('available');
    expect(done.ReadReplicaSourceDBInstanceIdentifier).toBeUndefined();
    expect(done.StatusInfos).toBeUndefined();
    const { Events } = await west.rds.send(new DescribeEventsCommand({ SourceIdentifier: 'dr-database' }));
    expect(Events?.map((event) => event.Message)).toContainEqual(expect.stringMatching(/^Promoted the read replica/));
  });

  it('cannot be promoted twice, nor while it backs up, nor if it is none or is not there', async () => {
    const { world, east, west } = createCloud();
    await expect(east.rds.send(promote('prod-database'))).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(west.rds.send(promote('nobody'))).rejects.toBeInstanceOf(DBInstanceNotFoundFault);
    const busy = {
      kind: 'database-status',
      region: 'us-west-2',
      instance: 'dr-database',
      status: 'backing-up',
    } as const;
    world.setFault(busy);
    await expect(west.rds.send(promote('dr-database'))).rejects.toThrow(/backing-up/);
    world.clearFaults();
    await west.rds.send(promote('dr-database'));
    await expect(west.rds.send(promote('dr-database'))).rejects.toThrow(/modifying/);
  });

  it('ends in a failed state when its promotion fails', async () => {
    const { world, west, pass } = createCloud();
    const failing = { kind: 'promotion-fails', region: 'us-west-2', instance: 'dr-database' } as const;
    world.setFault({ ...failing, status: 'incompatible-parameters' });
    await west.rds.send(promote('dr-database'));
    await pass(20 * minutes);
    expect(await look(west.rds, 'dr-database')).toMatchObject({
      DBInstanceStatus: 'incompatible-parameters',
      ReadReplicaSourceDBInstanceIdentifier: sourceArn,
    });
    expect(world.audit().promotions).toEqual([]);
    world.clearFaults();
    expect((await look(west.rds, 'dr-database')).DBInstanceStatus).toBe('available');
    await west.rds.send(promote('dr-database'));
    await pass(20 * minutes);
    expect(world.audit().promotions).toMatchObject([{ instance: 'dr-database' }]);
  });

  it('stays modifying while its promotion never ends, and goes on once that is over', async () => {
    const { world, west, pass } = createCloud();
    world.setFault({ kind: 'promotion-never-ends', region: 'us-west-2', instance: 'dr-database' });
    await west.rds.send(promote('dr-database'));
    await pass(120 * minutes);
    expect((await look(west.rds, 'dr-database')).DBInstanceStatus).toBe('modifying');
    world.clearFaults();
    await pass(3 * minutes);
    expect((await look(west.rds, 'dr-database')).DBInstanceStatus).toBe('available');
  });
});

describe('re-protection', () => {
  it('takes the old name once the old primary is gone, and replicates after some twenty minutes', async () => {
    const { east, west, pass } = createCloud();
    await west.rds.send(promote('dr-database'));
    await pass(6 * minutes);
    const create = new CreateDBInstanceReadReplicaCommand({
      DBInstanceIdentifier: 'prod-database',
      SourceDBInstanceIdentifier: 'arn:aws:rds:us-west-2:123456789012:db:dr-database',
      KmsKeyId: 'alias/aws/rds',
    });
    await expect(east.rds.send(create)).rejects.toMatchObject({ name: 'DBInstanceAlreadyExistsFault' });
    const old = { DBInstanceIdentifier: 'prod-database' };
    await expect(east.rds.send(new DeleteDBInstanceCommand(old))).rejects.toThrow(/FinalDBSnapshotIdentifier/);
    await east.rds.send(new DeleteDBInstanceCommand({ ...old, SkipFinalSnapshot: true }));
    await pass(4 * minutes);
    await expect(look(east.rds, 'prod-database')).rejects.toBeInstanceOf(DBInstanceNotFoundFault);
    await east.rds.send(create);
    await pass(15 * minutes);
    const creating = await look(east.rds, 'prod-database');
    expect(creating).toMatchObject({ DBInstanceStatus: 'creating' });
    expect(creating.StatusInfos).toBeUndefined();
    expect(creating.Endpoint).toBeUndefined();
    await pass(6 * minutes);
    expect(await look(east.rds, 'prod-database')).toMatchObject({
      DBInstanceStatus: 'available',
      StatusInfos: [{ Status: 'replicating' }],
      Endpoint: { Address: 'prod-database.c1a2b3.us-east-1.rds.amazonaws.com' },
    });
  });

  it('needs a source that can be read and keeps backups', async () => {
    const { world, west } = createCloud();
    const create = new CreateDBInstanceReadReplicaCommand({
      DBInstanceIdentifier: 'third-database',
      SourceDBInstanceIdentifier: sourceArn,
    });
    world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await expect(west.rds.send(create)).rejects.toMatchObject({ name: 'InvalidDBInstanceStateFault' });
  });
});

describe('other changes', () => {
  it('refuses to stop a database that has or is a replica', async () => {
    const { east, west } = createCloud();
    const stop = (id: string) => new StopDBInstanceCommand({ DBInstanceIdentifier: id });
    await expect(east.rds.send(stop('prod-database'))).rejects.toThrow(/has a read replica/);
    await expect(west.rds.send(stop('dr-database'))).rejects.toThrow(/is a read replica/);
  });

  it('stops and starts a database that stands alone', async () => {
    const { west, pass } = createCloud();
    const one = { DBInstanceIdentifier: 'dr-database' };
    await west.rds.send(promote('dr-database'));
    await pass(6 * minutes);
    await west.rds.send(new StopDBInstanceCommand(one));
    expect((await look(west.rds, 'dr-database')).DBInstanceStatus).toBe('stopping');
    await pass(4 * minutes);
    expect((await look(west.rds, 'dr-database')).DBInstanceStatus).toBe('stopped');
    await west.rds.send(new StartDBInstanceCommand(one));
    await pass(4 * minutes);
    expect((await look(west.rds, 'dr-database')).DBInstanceStatus).toBe('available');
  });

  it('modifies at once or keeps values for later, and renames', async () => {
    const { east, west, pass } = createCloud();
    const one = { DBInstanceIdentifier: 'prod-database' };
    await east.rds.send(new ModifyDBInstanceCommand({ ...one, BackupRetentionPeriod: 14 }));
    expect(await look(east.rds, 'prod-database')).toMatchObject({
      BackupRetentionPeriod: 7,
      PendingModifiedValues: { BackupRetentionPeriod: 14 },
    });
    const rename = { ...one, NewDBInstanceIdentifier: 'prod-database-old', ApplyImmediately: true };
    await east.rds.send(new ModifyDBInstanceCommand(rename));
    await pass(3 * minutes);
    expect(await look(east.rds, 'prod-database-old')).toMatchObject({ DBInstanceStatus: 'available' });
    expect((await look(west.rds, 'dr-database')).ReadReplicaSourceDBInstanceIdentifier).toBe(`${sourceArn}-old`);
  });

  it('keeps tags', async () => {
    const { west } = createCloud();
    const ResourceName = 'arn:aws:rds:us-west-2:123456789012:db:dr-database';
    const tag = { Key: 'dr:run', Value: 'run_1' };
    await west.rds.send(new AddTagsToResourceCommand({ ResourceName, Tags: [tag] }));
    expect((await west.rds.send(new ListTagsForResourceCommand({ ResourceName }))).TagList).toEqual([tag]);
    expect((await look(west.rds, 'dr-database')).TagList).toEqual([tag]);
  });

  it('lists only its own Region, and refuses a page that AWS would refuse', async () => {
    const { east } = createCloud();
    const { DBInstances } = await east.rds.send(new DescribeDBInstancesCommand({}));
    expect(DBInstances?.map((one) => one.DBInstanceIdentifier)).toEqual(['prod-database']);
    await expect(east.rds.send(new DescribeDBInstancesCommand({ MaxRecords: 10 }))).rejects.toThrow(/20 to 100/);
  });
});
