import {
  CreateBackupCommand,
  DeleteTableCommand,
  DescribeBackupCommand,
  DescribeContinuousBackupsCommand,
  type DynamoDBClient,
  GetItemCommand,
  ListBackupsCommand,
  ListTagsOfResourceCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { minutes, seconds } from './cloud.ts';
import { createTables, lookAt, main, readAll } from './tables.ts';

const mainArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/flightdata-main';

async function backUp(client: DynamoDBClient, name = 'before', table = main): Promise<string> {
  const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName: table, BackupName: name }));
  return BackupDetails?.BackupArn ?? '';
}

async function newest(client: DynamoDBClient, table = main): Promise<string> {
  const { BackupSummaries } = await client.send(new ListBackupsCommand({ TableName: table }));
  return BackupSummaries?.at(-1)?.BackupArn ?? '';
}

const toTime = (at: string, name = 'flightdata-main-recovery') =>
  new RestoreTableToPointInTimeCommand({
    SourceTableName: main,
    TargetTableName: name,
    RestoreDateTime: new Date(at),
  });
const remove = (name: string) => new DeleteTableCommand({ TableName: name });

describe('a table', () => {
  it('is read by pages of a megabyte, and goes on being written to', async () => {
    const { east, pass } = createTables();
    const before = await readAll(east, main);
    expect(before).toMatchObject({ pages: 3, items: { length: 600 } });
    expect(before.items.at(-1)).toMatchObject({ record_id: 'rec-000600', timestamp: '2026-03-01T12:00:00.000Z' });
    await pass(31 * minutes);
    expect((await readAll(east, main)).items).toHaveLength(606);
    const { Count } = await east.send(new ScanCommand({ TableName: main, Select: 'COUNT' }));
    expect(Count).toBe(250);
  });

  it('gives an item to its whole key, and to nothing else', async () => {
    const { east } = createTables();
    const [first = {}] = (await readAll(east, main)).items;
    const Key = { record_id: { S: first.record_id ?? '' }, timestamp: { S: first.timestamp ?? '' } };
    const { Item } = await east.send(new GetItemCommand({ TableName: main, Key }));
    expect(Item?.airport).toEqual({ S: first.airport });
    const half = new GetItemCommand({ TableName: main, Key: { record_id: Key.record_id } });
    await expect(east.send(half)).rejects.toMatchObject({ name: 'ValidationException' });
    const other = new GetItemCommand({ TableName: main, Key: { ...Key, timestamp: { S: 'never' } } });
    expect((await east.send(other)).Item).toBeUndefined();
  });

  it('is corrupt from a time on, and whole again once that is over', async () => {
    const { east, world } = createTables();
    world.setFault({ kind: 'table-corrupt', region: 'us-east-1', table: main, minutes: 62 });
    const { items } = await readAll(east, main);
    const corrupt = items.filter(({ flight_id: id }) => id === undefined);
    expect(corrupt).toHaveLength(13);
    expect(corrupt[0]?.timestamp).toBe('2026-03-01T11:00:00.000Z');
    world.clearFaults();
    expect((await readAll(east, main)).items.every(({ flight_id: id }) => id !== undefined)).toBe(true);
  });

  it('that is lost leaves a SYSTEM backup where it could be restored to a time, and stays away', async () => {
    const { east, world } = createTables();
    for (const table of [main, 'flightdata-config']) world.setFault({ kind: 'table-lost', region: 'us-east-1', table });
    world.clearFaults();
    await expect(lookAt(east, main)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const all = async (table: string) =>
      (await east.send(new ListBackupsCommand({ TableName: table, BackupType: 'ALL' }))).BackupSummaries ?? [];
    expect((await all(main)).map(({ BackupType }) => BackupType)).toEqual(['USER', 'USER', 'SYSTEM']);
    expect((await all('flightdata-config')).map(({ BackupType }) => BackupType)).toEqual(['USER', 'USER']);
    const { BackupSummaries } = await east.send(new ListBackupsCommand({ TableName: main }));
    expect(BackupSummaries).toHaveLength(2);
  });

  it('cannot be deleted while it is protected, being made or being backed up', async () => {
    const { east, pass } = createTables();
    await expect(east.send(remove(main))).rejects.toMatchObject({ name: 'ValidationException' });
    await east.send(toTime('2026-03-01T11:00:00Z'));
    await expect(east.send(remove('flightdata-main-recovery'))).rejects.toMatchObject({
      name: 'ResourceInUseException',
    });
    await backUp(east, 'metrics', 'flightdata-metrics');
    await expect(east.send(remove('flightdata-metrics'))).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await pass(4 * minutes);
    await east.send(remove('flightdata-metrics'));
    await expect(east.send(remove('flightdata-metrics'))).resolves.toMatchObject({
      TableDescription: { TableStatus: 'DELETING' },
    });
    await pass(30 * seconds);
    await expect(east.send(remove('flightdata-metrics'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a backup', () => {
  it('is made in minutes, twice for whoever asks twice, and is listed by its Region alone', async () => {
    const { east, west, pass } = createTables();
    const [one, two] = [await backUp(east), await backUp(east)];
    expect(one).not.toBe(two);
    const describeIt = new DescribeBackupCommand({ BackupArn: one });
    expect((await east.send(describeIt)).BackupDescription?.BackupDetails?.BackupStatus).toBe('CREATING');
    const restore = new RestoreTableFromBackupCommand({ TargetTableName: 'too-early', BackupArn: one });
    await expect(east.send(restore)).rejects.toMatchObject({ name: 'BackupInUseException' });
    await pass(4 * minutes);
    expect((await east.send(describeIt)).BackupDescription?.BackupDetails?.BackupStatus).toBe('AVAILABLE');
    await expect(west.send(describeIt)).rejects.toMatchObject({ name: 'BackupNotFoundException' });
    expect((await west.send(new ListBackupsCommand({ TableName: main }))).BackupSummaries).toEqual([]);
  });

  it('is listed the oldest first, a page at a time', async () => {
    const { east } = createTables();
    const first = await east.send(new ListBackupsCommand({ TableName: main, Limit: 1 }));
    expect(first.BackupSummaries?.[0]?.BackupName).toBe('daily-backup-flightdata-main-1');
    const rest = { TableName: main, ExclusiveStartBackupArn: first.LastEvaluatedBackupArn };
    const second = await east.send(new ListBackupsCommand(rest));
    expect(second.BackupSummaries?.map(({ BackupName }) => BackupName)).toEqual(['daily-backup-flightdata-main-2']);
    expect(second.LastEvaluatedBackupArn).toBeUndefined();
  });

  it('holds what was there then, corruption too', async () => {
    const { east, world, pass } = createTables();
    world.setFault({ kind: 'table-corrupt', region: 'us-east-1', table: main, minutes: 30 });
    const arn = await backUp(east);
    world.clearFaults();
    await pass(4 * minutes);
    await east.send(new RestoreTableFromBackupCommand({ TargetTableName: 'looked-at', BackupArn: arn }));
    await pass(15 * minutes);
    const { items } = await readAll(east, 'looked-at');
    expect(items).toHaveLength(599);
    expect(items.filter(({ flight_id: id }) => id === undefined)).toHaveLength(6);
  });
});

describe('a restore to a time', () => {
  it('has what was written until then, and nothing of the settings', async () => {
    const { east, pass } = createTables();
    await east.send(toTime('2026-03-01T11:00:00Z'));
    expect(await lookAt(east, 'flightdata-main-recovery')).toMatchObject({
      TableStatus: 'CREATING',
      RestoreSummary: { RestoreInProgress: true, SourceTableArn: mainArn },
    });
    await pass(15 * minutes);
    const { items } = await readAll(east, 'flightdata-main-recovery');
    expect(items.at(-1)?.timestamp).toBe('2026-03-01T11:00:00.000Z');
    const restored = await lookAt(east, 'flightdata-main-recovery');
    expect(restored).toMatchObject({ DeletionProtectionEnabled: false, RestoreSummary: { RestoreInProgress: false } });
    expect(restored.StreamSpecification).toBeUndefined();
    const windows = new DescribeContinuousBackupsCommand({ TableName: 'flightdata-main-recovery' });
    const { ContinuousBackupsDescription: answer } = await east.send(windows);
    expect(answer?.PointInTimeRecoveryDescription).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    const tags = new ListTagsOfResourceCommand({ ResourceArn: restored.TableArn });
    expect((await east.send(tags)).Tags).toEqual([]);
  });

  it('is ACTIVE before it is whole', async () => {
    const { east, pass } = createTables();
    await east.send(toTime('2026-03-01T11:00:00Z'));
    await pass(13 * minutes);
    const early = await lookAt(east, 'flightdata-main-recovery');
    expect(early).toMatchObject({ TableStatus: 'ACTIVE', RestoreSummary: { RestoreInProgress: true } });
    expect(early.GlobalSecondaryIndexes?.map(({ IndexStatus }) => IndexStatus)).toEqual(['CREATING', 'CREATING']);
    expect((await readAll(east, 'flightdata-main-recovery')).items).toHaveLength(294);
  });

  it('is refused outside the window, where recovery is off, over a table and by the name of another Region', async () => {
    const { east, west, pass } = createTables();
    await pass(10 * minutes);
    const invalid = { name: 'InvalidRestoreTimeException' };
    await expect(east.send(toTime('2026-03-01T12:07:00Z'))).rejects.toMatchObject(invalid);
    await expect(east.send(toTime('2025-12-01T12:00:00Z'))).rejects.toMatchObject(invalid);
    await expect(east.send(toTime('2026-03-01T11:00:00Z', main))).rejects.toMatchObject({
      name: 'TableAlreadyExistsException',
    });
    const off = new RestoreTableToPointInTimeCommand({
      SourceTableName: 'flightdata-config',
      TargetTableName: 'config-recovery',
      UseLatestRestorableTime: true,
    });
    await expect(east.send(off)).rejects.toMatchObject({ name: 'PointInTimeRecoveryUnavailableException' });
    await expect(west.send(toTime('2026-03-01T11:00:00Z'))).rejects.toMatchObject({ name: 'TableNotFoundException' });
  });

  it('comes from another Region by ARN, with another key, while that Region is up', async () => {
    const { east, west, world, pass } = createTables();
    await pass(10 * minutes);
    const input = { SourceTableArn: mainArn, TargetTableName: 'main-west', UseLatestRestorableTime: true };
    const bare = new RestoreTableToPointInTimeCommand(input);
    await expect(west.send(bare)).rejects.toMatchObject({ name: 'ValidationException' });
    const keyed = new RestoreTableToPointInTimeCommand({ ...input, SSESpecificationOverride: { Enabled: true } });
    world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await expect(west.send(keyed)).rejects.toMatchObject({ name: 'InternalServerError' });
    world.clearFaults();
    await west.send(keyed);
    await expect(west.send(keyed)).rejects.toMatchObject({ name: 'TableInUseException' });
    await pass(15 * minutes);
    expect(await lookAt(west, 'main-west')).toMatchObject({ TableStatus: 'ACTIVE' });
    const backup = new RestoreTableFromBackupCommand({ TargetTableName: 'other', BackupArn: await newest(east) });
    await expect(west.send(backup)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('ends as its fault says', async () => {
    const { east, world, pass } = createTables();
    const at = { region: 'us-east-1', table: main };
    const fault = world.setFault({ kind: 'table-restore-never-ends', ...at });
    await east.send(toTime('2026-03-01T11:00:00Z', 'slow'));
    await pass(120 * minutes);
    expect((await lookAt(east, 'slow')).TableStatus).toBe('CREATING');
    world.clearFault(fault);
    await pass(3 * minutes);
    expect((await lookAt(east, 'slow')).RestoreSummary?.RestoreInProgress).toBe(false);
    world.setFault({ kind: 'table-restore-fails', ...at, status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' });
    await east.send(toTime('2026-03-01T11:00:00Z', 'keyless'));
    await pass(15 * minutes);
    expect((await lookAt(east, 'keyless')).TableStatus).toBe('INACCESSIBLE_ENCRYPTION_CREDENTIALS');
    world.clearFaults();
    world.setFault({ kind: 'table-restore-fails', ...at });
    await east.send(toTime('2026-03-01T11:00:00Z', 'vanishing'));
    await pass(15 * minutes);
    await expect(lookAt(east, 'vanishing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

it('begins its recovery window anew when it is turned off and on', async () => {
  const { east } = createTables();
  const turn = async (on: boolean) => {
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: on };
    const command = new UpdateContinuousBackupsCommand({ TableName: main, PointInTimeRecoverySpecification });
    return (await east.send(command)).ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  };
  const before = await turn(true);
  expect(before?.EarliestRestorableDateTime).toEqual(new Date('2026-01-30T12:00:00Z'));
  await turn(false);
  expect((await turn(true))?.EarliestRestorableDateTime).toEqual(new Date('2026-03-01T12:00:00Z'));
});

it('takes tags only for an active table, and lists them a little later', async () => {
  const { east, pass } = createTables();
  const tag = (arn: string) =>
    new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: 'muster:run', Value: 'run_1' }] });
  await east.send(toTime('2026-03-01T11:00:00Z'));
  const { TableArn: arn = '' } = await lookAt(east, 'flightdata-main-recovery');
  await expect(east.send(tag(arn))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await pass(15 * minutes);
  await east.send(tag(arn));
  const list = new ListTagsOfResourceCommand({ ResourceArn: arn });
  expect((await east.send(list)).Tags).toEqual([]);
  await pass(5 * seconds);
  expect((await east.send(list)).Tags).toEqual([{ Key: 'muster:run', Value: 'run_1' }]);
});
