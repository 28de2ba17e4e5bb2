import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/domain/json.ts';
import { arnOf, call, check, groundOfTables, main, type Tables, textOf } from './tables-ground.ts';

const tables = groundOfTables(undefined, ['dynamoDb', 'buckets']);
const backups = { bucket: 'flightdata-backups-us-west-2', prefix: 'dynamodb-exports/flightdata-main' };
const exporting = { ...main, ...backups, bucket_region: 'us-west-2' };
const selecting = { region: 'us-west-2', ...backups, table: main.table, table_region: 'us-east-1' };
const shape = {
  source: main.table,
  partition_key: { name: 'record_id' },
  sort_key: { name: 'timestamp' },
  indexes: [{ name: 'by-flight', partition_key: { name: 'flight_id' }, sort_key: { name: 'timestamp' } }],
};

async function newest(ground: Tables): Promise<JsonObject> {
  const seen = await ground.watch('dynamodb.select-export', selecting, {});
  if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
  return seen.output;
}

describe('exports', () => {
  it('bring a table to a Region while its own is dark', async () => {
    const ground = tables();
    const made = await ground.outputOf('dynamodb.export-to-s3', exporting);
    expect(made).toMatchObject({ items: 602, exported_to: '2026-03-01T12:10:00.000Z' });
    ground.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    const found = await newest(ground);
    expect(found).toMatchObject({ export_arn: made.export_arn, exported_to: made.exported_to, items: 602 });
    const { data_prefix = '', items = 0 } = found;
    const input = { region: 'us-west-2', bucket: backups.bucket, data_prefix, items, ...shape };
    const imported = await ground.outputOf('dynamodb.import-from-s3', input, { owner: 'run_9/import' });
    expect(imported).toMatchObject({ region: 'us-west-2', table: 'flightdata-main-imported-9', items: 602 });
    const proof = {
      region: 'us-west-2',
      table: imported.table ?? '',
      required: ['flight_id'],
      max_bad: 0,
      minimum: 602,
    };
    expect(await ground.watch('dynamodb.check-items', proof, {})).toMatchObject({ state: 'done' });
    const gone = await ground.outputOf(
      'dynamodb.delete-table',
      { region: 'us-west-2', source: main.table, suffix: 'imported' },
      { owner: 'run_9/cleanup' },
    );
    expect(gone.table).toBe('flightdata-main-imported-9');
  });

  it('are taken by their contents, and only when they have ended', async () => {
    const ground = tables();
    const before = await newest(ground);
    await ground.outputOf('dynamodb.export-to-s3', { ...exporting, time: '2026-03-01T01:00:00Z' });
    expect(await newest(ground)).toEqual(before);
    const act = ground.action('dynamodb.export-to-s3');
    const other = ground.ctx({ owner: 'run_2/step' });
    await act.apply(exporting, 'other', await act.capture(exporting, other), other);
    expect(await newest(ground)).toEqual(before);
    await ground.clock.sleep(660_000);
    expect((await newest(ground)).exported_to).toBe('2026-03-01T12:20:00.000Z');
  });

  it('that are incremental, of another table or too old are not taken', async () => {
    const ground = tables();
    const folder = `${backups.prefix}/AWSDynamoDB/09999999999999-abcdabcd`;
    const put = (changes: object) =>
      call(
        ground,
        'PutObject',
        { Bucket: backups.bucket, Key: `${folder}/manifest-summary.json`, Body: bodyOf(changes) },
        's3',
        'us-west-2',
      );
    const bodyOf = (changes: object) => Buffer.from(JSON.stringify({ ...summary, ...changes }));
    const summary = {
      exportArn: `${arnOf(main.table)}/export/09999999999999-abcdabcd`,
      tableArn: arnOf(main.table),
      exportTime: '2026-03-01T12:09:00Z',
      itemCount: 5,
      outputFormat: 'DYNAMODB_JSON',
    };
    const before = await newest(ground);
    for (const changes of [
      { exportType: 'INCREMENTAL_EXPORT' },
      { outputFormat: 'ION' },
      { tableArn: arnOf('other') },
      { itemCount: 'many' },
    ]) {
      await put(changes);
      expect(await newest(ground)).toEqual(before);
    }
    await put({});
    expect((await newest(ground)).items).toBe(5);
    await put({ exportType: 'INCREMENTAL_EXPORT' });
    const old = await ground.watch('dynamodb.select-export', { ...selecting, max_age: '6h' }, {});
    expect(old).toMatchObject({ state: 'failed', why: expect.stringContaining('expected at most 6h old') });
    const none = await ground.watch('dynamodb.select-export', { ...selecting, table: 'flightdata-raw' }, {});
    expect(none).toMatchObject({ state: 'failed', why: expect.stringContaining('no whole export of flightdata-raw') });
  });

  it('want point-in-time recovery and a bucket, and say why they failed', async () => {
    const ground = tables();
    const act = ground.action('dynamodb.export-to-s3');
    const off = await act.plan({ ...exporting, table: 'flightdata-config' }, ground.ctx());
    expect(check(off, 'window')).toMatchObject({ verdict: 'fail', found: expect.stringContaining('ensure-pitr') });
    const nowhere = await act.plan({ ...exporting, bucket: 'flightdata-nowhere' }, ground.ctx());
    expect(check(nowhere, 'bucket').verdict).toBe('fail');
    ground.world.setFault({ kind: 'table-export-fails', ...main });
    expect(await ground.carryOut('dynamodb.export-to-s3', exporting)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('is FAILED: AccessDenied: Access Denied'),
    });
  });

  it('are imported whole or not at all, and what is left of a failure is the run’s own to delete', async () => {
    const ground = tables();
    const { data_prefix = '', items = 0 } = await newest(ground);
    const input = { region: 'us-west-2', bucket: backups.bucket, data_prefix, items, ...shape };
    const fault = ground.world.setFault({
      kind: 'import-fails',
      region: 'us-west-2',
      bucket: backups.bucket,
      items: 3,
    });
    expect(await ground.carryOut('dynamodb.import-from-s3', input)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('left out 3 of 528 items'),
    });
    const doomed = { region: 'us-west-2', source: main.table, suffix: 'imported' };
    await ground.outputOf('dynamodb.delete-table', doomed);
    ground.world.clearFault(fault);
    const fewer = await ground.carryOut('dynamodb.import-from-s3', { ...input, items: 529, suffix: 'second' });
    expect(fewer).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('brought 528 items, expected the 529'),
    });
    ground.world.setFault({ kind: 'import-fails', region: 'us-west-2', bucket: backups.bucket });
    expect(await ground.carryOut('dynamodb.import-from-s3', { ...input, suffix: 'third' })).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('is FAILED: S3AccessDenied'),
    });
  });

  it('are not imported with their summaries, nor over a table', async () => {
    const ground = tables();
    const { data_prefix = '' } = await newest(ground);
    const input = { region: 'us-west-2', bucket: backups.bucket, data_prefix, ...shape };
    const Key = `${textOf(data_prefix)}notes.txt`;
    await call(ground, 'PutObject', { Bucket: backups.bucket, Key, Body: Buffer.from('') }, 's3', 'us-west-2');
    const plan = await ground.action('dynamodb.import-from-s3').plan(input, ground.ctx());
    expect(check(plan, 'files')).toMatchObject({ verdict: 'fail', found: `${Key} is no file of items` });
    const over = { ...input, region: 'us-east-1', bucket_region: 'us-west-2', target_table: 'flightdata-config' };
    const taken = await ground.action('dynamodb.import-from-s3').plan(over, ground.ctx());
    expect(check(taken, 'target').verdict).toBe('fail');
  });
});
