import type { EstateInput } from '../../../src/sim/index.ts';
import { exampleCloud } from '../../support/example-cloud.ts';
import type { Case, Cases } from '../cases.ts';

const home = { region: 'us-east-1', table: 'flightdata-main' };
const made = {
  region: 'us-east-1',
  name: 'flightdata-main-test-1',
  partitionKey: 'record_id',
  sortKey: 'timestamp',
  indexes: [
    { name: 'by-flight', partitionKey: 'flight_id', sortKey: 'timestamp' },
    { name: 'by-airport', partitionKey: 'airport', sortKey: 'timestamp' },
  ],
};
const exports = {
  bucket: 'flightdata-backups-us-west-2',
  bucket_region: 'us-west-2',
  prefix: 'dynamodb-exports/flightdata-main',
};
const selecting = {
  region: 'us-west-2',
  bucket: exports.bucket,
  prefix: 'dynamodb-exports/',
  table: 'flightdata-main',
  table_region: 'us-east-1',
  max_age: '12h',
};
const importing = {
  region: 'us-west-2',
  bucket: exports.bucket,
  data_prefix: 'dynamodb-exports/flightdata-main/AWSDynamoDB/01772344800000-0cae3b28/data/',
  items: 528,
  source: 'flightdata-main',
  partition_key: { name: 'record_id' },
  sort_key: { name: 'timestamp' },
  indexes: [{ name: 'by-flight', partition_key: { name: 'flight_id' }, sort_key: { name: 'timestamp' } }],
};
const backup = 'arn:aws:dynamodb:us-east-1:123456789012:table/flightdata-main/backup/01772334000000-d25653ad';

/** The plan's tables, buckets and parameters, and a table that this run has made. */
function tables(): EstateInput {
  const cloud = exampleCloud('flight-data', ['dynamoDb', 'buckets', 'ssm']);
  const own = { ...made, tags: { 'muster:run': 'run_1', 'muster:step': 'run_1/restore' } };
  return { ...cloud, dynamoDb: { ...cloud.dynamoDb, tables: [...cloud.dynamoDb.tables, own] } };
}

const of = (one: Omit<Case, 'estate' | 'depends'> & Partial<Pick<Case, 'depends'>>): Case => ({
  depends: 'us-east-1',
  ...one,
  estate: tables,
});

export const dynamoDbCases: Cases = {
  effects: [
    of({
      action: 'dynamodb.create-backup',
      keeps: true,
      input: home,
      bad: { input: { ...home, table: 'a table' }, names: 'table' },
    }),
    of({
      action: 'dynamodb.ensure-pitr',
      keeps: true,
      input: { ...home, table: 'flightdata-config' },
      bad: { input: { ...home, tabel: 'flightdata-main' }, names: 'table' },
      instant: true,
    }),
    of({
      action: 'dynamodb.restore-backup',
      keeps: true,
      input: { region: 'us-east-1', backup_arn: backup },
      bad: { input: { region: 'us-east-1', backup_arn: 'latest' }, names: 'backup_arn' },
    }),
    of({
      action: 'dynamodb.restore-to-time',
      keeps: true,
      input: { ...home, time: '2026-03-01T11:30:00Z' },
      bad: { input: { ...home, time: 'yesterday' }, names: 'time' },
    }),
    of({
      action: 'dynamodb.restore-to-time',
      keeps: true,
      input: { ...home, region: 'us-west-2', source_region: 'us-east-1', time: 'latest' },
      depends: 'us-west-2',
      bad: { input: { ...home, time: 'latest', suffix: 'A B' }, names: 'suffix' },
    }),
    of({
      action: 'dynamodb.delete-table',
      keeps: true,
      input: { region: 'us-east-1', table: made.name },
      bad: { input: { region: 'us-east-1' }, names: 'table' },
    }),
    of({
      action: 'dynamodb.deny-writes',
      input: { ...home, except: ['arn:aws:iam::123456789012:role/mender'] },
      bad: { input: { ...home, except: ['mender'] }, names: 'except' },
      uncalled: ['dynamodb:DeleteResourcePolicy'],
    }),
    of({
      action: 'dynamodb.reapply-settings',
      input: { region: 'us-east-1', table: made.name, source: 'flightdata-main' },
      bad: { input: { region: 'us-east-1', table: made.name }, names: 'source' },
      uncalled: ['dynamodb:UntagResource', 'dynamodb:PutResourcePolicy', 'dynamodb:DeleteResourcePolicy'],
    }),
    of({
      action: 'dynamodb.export-to-s3',
      keeps: true,
      input: { ...home, ...exports },
      bad: { input: { ...home, ...exports, prefix: 'exports/' }, names: 'prefix' },
    }),
    of({
      action: 'dynamodb.import-from-s3',
      keeps: true,
      input: importing,
      depends: 'us-west-2',
      bad: { input: { ...importing, data_prefix: 'dynamodb-exports/flightdata-main/' }, names: 'data_prefix' },
    }),
    of({
      action: 'dynamodb.cut-over',
      input: { region: 'us-east-1', parameter: '/flightdata/tables/main', table: made.name },
      bad: { input: { region: 'us-east-1', parameter: 'a name', table: made.name }, names: 'parameter' },
      instant: true,
    }),
  ],
  readings: [
    of({
      action: 'dynamodb.select-export',
      input: selecting,
      depends: 'us-west-2',
      bad: { input: { ...selecting, max_age: '12 hours' }, names: 'max_age' },
    }),
    of({
      action: 'dynamodb.check-items',
      input: { ...home, required: ['flight_id'], formats: { timestamp: 'instant' }, max_bad: 0 },
      bad: { input: { ...home, formats: { timestamp: 'date' } }, names: 'formats' },
    }),
    of({
      action: 'dynamodb.select-backup',
      input: { ...home, max_age: '12h' },
      bad: { input: { ...home, max_age: 'a day' }, names: 'max_age' },
    }),
    of({
      action: 'dynamodb.compare-tables',
      input: { ...home, source: 'flightdata-main', tolerance_percent: 1 },
      bad: { input: { ...home, source: 'flightdata-main', tolerance_percent: 101 }, names: 'tolerance_percent' },
    }),
  ],
};
