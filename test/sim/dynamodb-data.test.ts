import {
  DeleteResourcePolicyCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  DescribeTimeToLiveCommand,
  ExportTableToPointInTimeCommand,
  GetResourcePolicyCommand,
  ImportTableCommand,
  ListExportsCommand,
  PutResourcePolicyCommand,
  ScanCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { minutes, seconds } from './cloud.ts';
import { countOf, createTables, lookAt, main, readAll } from './tables.ts';

const mainArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/flightdata-main';
const bucket = 'flightdata-backups-us-west-2';
const withBuckets = ['dynamoDb', 'buckets'] as const;

const deny = (condition?: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: ['dynamodb:PutItem'],
        Resource: mainArn,
        ...(condition ? { Condition: condition } : {}),
      },
    ],
  });
const put = (Policy: string, ExpectedRevisionId?: string) =>
  new PutResourcePolicyCommand({ ResourceArn: mainArn, Policy, ...(ExpectedRevisionId ? { ExpectedRevisionId } : {}) });

describe('a resource policy', () => {
  it('is shown at once, and keeps writers out only a little later', async () => {
    const { east, pass } = createTables();
    await pass(5 * minutes - 2 * seconds);
    await east.send(put(deny()));
    expect((await east.send(new GetResourcePolicyCommand({ ResourceArn: mainArn }))).Policy).toBe(deny());
    const before = await countOf(east);
    await pass(5 * seconds);
    expect(await countOf(east)).toBe(before + 1);
    await pass(60 * minutes);
    expect(await countOf(east)).toBe(before + 1);
    await east.send(new DeleteResourcePolicyCommand({ ResourceArn: mainArn }));
    await pass(10 * minutes);
    expect(await countOf(east)).toBeGreaterThan(before + 1);
  });

  it('is changed only by whoever knows its revision, and is no error to take away twice', async () => {
    const { east } = createTables();
    const absent = { name: 'PolicyNotFoundException' };
    await expect(east.send(new GetResourcePolicyCommand({ ResourceArn: mainArn }))).rejects.toMatchObject(absent);
    const first = await east.send(put(deny(), 'NO_POLICY'));
    await expect(east.send(put(deny({}), 'NO_POLICY'))).rejects.toMatchObject(absent);
    expect((await east.send(put(deny(), first.RevisionId))).RevisionId).toBe(first.RevisionId);
    await expect(east.send(put('no policy'))).rejects.toMatchObject({ name: 'ValidationException' });
    await east.send(new DeleteResourcePolicyCommand({ ResourceArn: mainArn }));
    await east.send(new DeleteResourcePolicyCommand({ ResourceArn: mainArn }));
  });

  it('spares the principals that it names', async () => {
    const role = 'arn:aws:iam::123456789012:role/flightdata-processor-us-east-1';
    const { east, pass } = createTables(undefined, ['dynamoDb', 'lambda', 'ssm']);
    await east.send(put(deny({ ArnNotLike: { 'aws:PrincipalArn': role } })));
    const before = await countOf(east);
    await pass(30 * minutes);
    expect(await countOf(east)).toBe(before + 6);
  });
});

describe('settings', () => {
  it('are changed one at a time, and expiry only once in a while', async () => {
    const { east, pass } = createTables();
    const config = 'flightdata-config';
    const ttl = (Enabled: boolean, AttributeName = 'value') =>
      new UpdateTimeToLiveCommand({ TableName: config, TimeToLiveSpecification: { Enabled, AttributeName } });
    const stream = new UpdateTableCommand({
      TableName: config,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    });
    await east.send(ttl(true));
    await expect(east.send(ttl(false))).rejects.toMatchObject({ name: 'ValidationException' });
    await east.send(stream);
    expect((await lookAt(east, config)).TableStatus).toBe('UPDATING');
    const protect = new UpdateTableCommand({ TableName: config, DeletionProtectionEnabled: true });
    await expect(east.send(protect)).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await pass(10 * seconds);
    await expect(east.send(stream)).rejects.toMatchObject({ name: 'ValidationException' });
    await east.send(protect);
    const status = async () =>
      (await east.send(new DescribeTimeToLiveCommand({ TableName: config }))).TimeToLiveDescription;
    expect(await status()).toEqual({ TimeToLiveStatus: 'ENABLING', AttributeName: 'value' });
    await pass(11 * minutes);
    expect((await status())?.TimeToLiveStatus).toBe('ENABLED');
    const { StreamSpecification, LatestStreamLabel, DeletionProtectionEnabled } = await lookAt(east, config);
    expect([StreamSpecification?.StreamViewType, DeletionProtectionEnabled]).toEqual(['KEYS_ONLY', true]);
    expect(LatestStreamLabel).toBe('2026-03-01T12:00:00.000');
  });
});

const exporting = (changes: object = {}) =>
  new ExportTableToPointInTimeCommand({
    TableArn: mainArn,
    S3Bucket: bucket,
    S3Prefix: 'exports',
    ClientToken: 'token',
    ...changes,
  });
const importing = (S3KeyPrefix: string, changes: object = {}) =>
  new ImportTableCommand({
    S3BucketSource: { S3Bucket: bucket, S3KeyPrefix },
    InputFormat: 'DYNAMODB_JSON',
    InputCompressionType: 'GZIP',
    TableCreationParameters: {
      TableName: 'imported',
      AttributeDefinitions: ['record_id', 'timestamp'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'record_id', KeyType: 'HASH' },
        { AttributeName: 'timestamp', KeyType: 'RANGE' },
      ],
    },
    ...changes,
  });

async function exportOf({ east, pass }: ReturnType<typeof createTables>) {
  const { ExportDescription: begun } = await east.send(exporting());
  await pass(11 * minutes);
  const { ExportDescription } = await east.send(new DescribeExportCommand({ ExportArn: begun?.ExportArn }));
  return {
    ...ExportDescription,
    folder: ExportDescription?.ExportManifest?.replace('manifest-summary.json', '') ?? '',
  };
}

describe('an export', () => {
  it('is one however often its token is sent, and another parameter is a conflict', async () => {
    const { east } = createTables(undefined, withBuckets);
    const listed = async () => (await east.send(new ListExportsCommand({ TableArn: mainArn }))).ExportSummaries?.length;
    const before = (await listed()) ?? 0;
    const [one, two] = [await east.send(exporting()), await east.send(exporting())];
    expect(one.ExportDescription?.ExportArn).toBe(two.ExportDescription?.ExportArn);
    expect(await listed()).toBe(before + 1);
    const other = exporting({ S3Prefix: 'elsewhere' });
    await expect(east.send(other)).rejects.toMatchObject({ name: 'ExportConflictException' });
  });

  it('wants point-in-time recovery and a time within its window, and fails later where there is no bucket', async () => {
    const { east, pass } = createTables(undefined, withBuckets);
    const TableArn = mainArn.replace('main', 'config');
    await expect(east.send(exporting({ TableArn }))).rejects.toMatchObject({
      name: 'PointInTimeRecoveryUnavailableException',
    });
    const future = exporting({ ExportTime: new Date('2026-03-02T00:00:00Z') });
    await expect(east.send(future)).rejects.toMatchObject({ name: 'InvalidExportTimeException' });
    const { ExportDescription: begun } = await east.send(exporting({ S3Bucket: 'nowhere' }));
    await pass(11 * minutes);
    const { ExportDescription: ended } = await east.send(new DescribeExportCommand({ ExportArn: begun?.ExportArn }));
    expect(ended).toMatchObject({ ExportStatus: 'FAILED', FailureCode: 'S3NoSuchBucket' });
  });

  it('lies in its bucket, in another Region too, and its summary says when it is of', async () => {
    const tables = createTables(undefined, withBuckets);
    const { folder, ExportStatus, ItemCount } = await exportOf(tables);
    expect([ExportStatus, ItemCount]).toEqual(['COMPLETED', 600]);
    const input = { Bucket: bucket, Prefix: folder };
    const listed = await tables.world.call({ service: 's3', region: 'us-west-2', command: 'ListObjectsV2', input });
    const { Contents } = (listed.ok ? listed.output : {}) as { Contents: { Key: string }[] };
    expect(Contents.map(({ Key }) => Key.slice(folder.length).replace(/data\/.*(\.json\.gz)/, 'data/*$1'))).toEqual([
      '_started',
      'data/*.json.gz',
      'manifest-files.json',
      'manifest-summary.json',
    ]);
  });
});

describe('an import', () => {
  it('makes a table of what was exported, while the Region of its source is dark', async () => {
    const tables = createTables(undefined, withBuckets);
    const { folder } = await exportOf(tables);
    tables.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await tables.west.send(importing(`${folder}data/`));
    expect((await lookAt(tables.west, 'imported')).TableStatus).toBe('CREATING');
    await expect(tables.west.send(importing(`${folder}data/`))).rejects.toMatchObject({ name: 'TableInUseException' });
    await tables.pass(16 * minutes);
    const { items } = await readAll(tables.west, 'imported');
    expect(items).toHaveLength(600);
    expect(items.at(-1)).toMatchObject({ record_id: 'rec-000600', timestamp: '2026-03-01T12:00:00.000Z' });
  });

  it('counts what it cannot read as errors, and is COMPLETED all the same', async () => {
    const tables = createTables(undefined, withBuckets);
    const { folder } = await exportOf(tables);
    const { ImportTableDescription: begun } = await tables.west.send(importing(folder));
    await tables.pass(16 * minutes);
    const { ImportTableDescription } = await tables.west.send(
      new DescribeImportCommand({ ImportArn: begun?.ImportArn }),
    );
    expect(ImportTableDescription).toMatchObject({ ImportStatus: 'COMPLETED', ImportedItemCount: 600, ErrorCount: 3 });
  });

  it('leaves a table behind when it fails', async () => {
    const tables = createTables(undefined, withBuckets);
    tables.world.setFault({ kind: 'import-fails', region: 'us-west-2', bucket });
    const { ImportTableDescription: begun } = await tables.west.send(importing('dynamodb-exports/'));
    await tables.pass(16 * minutes);
    const { ImportTableDescription } = await tables.west.send(
      new DescribeImportCommand({ ImportArn: begun?.ImportArn }),
    );
    expect(ImportTableDescription?.ImportStatus).toBe('FAILED');
    expect(await lookAt(tables.west, 'imported')).toMatchObject({ TableStatus: 'ACTIVE', ItemCount: 0 });
  });
});

it('gives of an item only the attributes that are asked for', async () => {
  const { east } = createTables();
  const { Items = [] } = await east.send(
    new ScanCommand({
      TableName: main,
      Limit: 1,
      ProjectionExpression: '#a, altitude',
      ExpressionAttributeNames: { '#a': 'timestamp' },
    }),
  );
  expect(Object.keys(Items[0] ?? {}).sort()).toEqual(['altitude', 'timestamp']);
});
