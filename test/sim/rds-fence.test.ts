import {
  CreateDBInstanceReadReplicaCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  RebootDBInstanceCommand,
  StopDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { expect, it } from '@jest/globals';
import { createWorld } from '../../src/sim/index.ts';
import { cloudWithRestored } from '../actions/cases/rds-changes.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { clientsOf, minutes } from './cloud.ts';

const database = { DBInstanceIdentifier: 'contractorlens-db' };
const fenced = new ModifyDBInstanceCommand({
  ...database,
  VpcSecurityGroupIds: ['sg-0c10dbfence'],
  ApplyImmediately: true,
});

function createCloud() {
  const clock = createManualClock();
  const world = createWorld({ clock, estate: cloudWithRestored() });
  const writers = () => world.view().writers.now.map(({ id }) => id);
  const clients = { west: clientsOf(world.call, 'us-west-2').rds, east: clientsOf(world.call, 'us-east-1').rds };
  return { world, writers, ...clients, pass: (ms: number) => clock.advance(ms) };
}

it('keeps what is connected until it reboots, and lets nobody in', async () => {
  const { writers, west, pass } = createCloud();
  const { DBInstance } = await west.send(fenced);
  expect(DBInstance?.VpcSecurityGroups).toEqual([{ VpcSecurityGroupId: 'sg-0c10dbfence', Status: 'adding' }]);
  await pass(30 * minutes);
  expect(writers()).toEqual(['contractorlens-db']);
  await west.send(new RebootDBInstanceCommand(database));
  await pass(30 * minutes);
  expect(writers()).toEqual([]);
  await west.send(new ModifyDBInstanceCommand({ ...database, VpcSecurityGroupIds: ['sg-0c10db'] }));
  expect(writers()).toEqual(['contractorlens-db']);
});

it('refuses a group that is not there', async () => {
  const { west } = createCloud();
  const missing = new ModifyDBInstanceCommand({ ...database, VpcSecurityGroupIds: ['sg-nowhere'] });
  await expect(west.send(missing)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

it('is found by its resource id whatever it is called, and frees its name only once it is renamed', async () => {
  const { west, pass } = createCloud();
  const { DBInstances: [before] = [] } = await west.send(new DescribeDBInstancesCommand(database));
  await west.send(
    new ModifyDBInstanceCommand({ ...database, NewDBInstanceIdentifier: 'aside', ApplyImmediately: true }),
  );
  const take = new ModifyDBInstanceCommand({
    DBInstanceIdentifier: 'contractorlens-db-restored',
    NewDBInstanceIdentifier: 'contractorlens-db',
    ApplyImmediately: true,
  });
  await expect(west.send(take)).rejects.toMatchObject({ name: 'DBInstanceAlreadyExistsFault' });
  await pass(5 * minutes);
  await west.send(take);
  const Filters = [{ Name: 'dbi-resource-id', Values: [before?.DbiResourceId ?? ''] }];
  const { DBInstances } = await west.send(new DescribeDBInstancesCommand({ Filters }));
  expect(DBInstances).toMatchObject([{ DBInstanceIdentifier: 'aside', DBInstanceStatus: 'available' }]);
});

it('makes no replica across Regions without a key, and lets nobody stop what has one', async () => {
  const { west, east, pass } = createCloud();
  const replica = {
    DBInstanceIdentifier: 'copy',
    SourceDBInstanceIdentifier: 'arn:aws:rds:us-west-2:123456789012:db:contractorlens-db',
  };
  await expect(east.send(new CreateDBInstanceReadReplicaCommand(replica))).rejects.toThrow(/KmsKeyId/);
  await east.send(new CreateDBInstanceReadReplicaCommand({ ...replica, KmsKeyId: 'alias/aws/rds' }));
  await pass(30 * minutes);
  await expect(west.send(new StopDBInstanceCommand(database))).rejects.toThrow(/has a read replica/);
});
