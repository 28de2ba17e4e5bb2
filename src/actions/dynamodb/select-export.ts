import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { Duration, durationMs } from '../../domain/duration.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { judge, judgeReading, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead } from '../kit/define.ts';
import { count, instant, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { bucketName, nameBucket, prefix } from '../s3/bucket.ts';
import { tableName } from './fields.ts';
import { leftBehind } from './left-behind.ts';
import { dataPrefixOf, findNewest, type Manifest } from './manifest.ts';

const Input = z.strictObject({
  region: region.describe("The bucket's Region: the table's own may be dark."),
  bucket: bucketName.describe('Bucket of the exports.'),
  prefix: prefix.default(''),
  table: tableName.describe('The table that was exported; it may be gone.'),
  table_region: region.describe('Where it was exported from.'),
  made_from: z
    .boolean('expected true or false')
    .default(false)
    .describe('Exports of tables count too that were restored or imported from it: NAME-SUFFIX-….'),
  max_age: Duration.optional().describe('The oldest contents to accept, usually the RPO.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  bucket: bucketName,
  data_prefix: z.string().describe('Where its items are: what dynamodb.import-from-s3 reads.'),
  manifest_key: z.string().describe('Key of its summary.'),
  export_arn: z.string().describe('The export.'),
  exported_to: instant.describe('The instant of its contents.'),
  items: count.describe('Items in it.'),
});

export const selectExport = defineRead({
  name: 'dynamodb.select-export',
  version: 1,
  summary: 'Find the newest whole export of a table in a bucket, wherever the table was',
  input: Input,
  output: Output,
  binds: ['table', 'bucket', 'prefix'],
  checks: ['the bucket has an export of the table that has ended', 'it is not older than max_age'],
  iam: { read: ['s3:ListBucket', 's3:GetObject'], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '10m',
  async plan(input, ctx) {
    const read = await find(input, ctx);
    const newest = read.ok ? read.value : undefined;
    const shown = { table: input.table, bucket: input.bucket, prefix: input.prefix };
    return {
      target: null,
      before: shown,
      after: { ...shown, ...(newest ? { export: newest.arn, exported_to: newest.time.toISOString() } : {}) },
      noChange: false,
      checks: [checkThere(input, read), ...(newest ? [checkAge(input, newest, ctx)] : [])],
      estimateMs: usual.instant,
      ...(newest ? { dataAtRisk: leftBehind(input.table, newest.time, ctx) } : {}),
    };
  },
  async observe(input, ctx) {
    const read = await find(input, ctx);
    if (!read.ok) return notSeen(read, pace.service);
    if (!read.value) return { state: 'failed', why: noneOf(input) };
    const { key, arn, time, items } = read.value;
    const age = checkAge(input, read.value, ctx);
    if (age.verdict !== 'pass') {
      return { state: 'failed', why: `The newest export of ${input.table} is ${age.found}; expected ${age.expected}.` };
    }
    const found = { manifest_key: key, data_prefix: dataPrefixOf(key), export_arn: arn };
    return { state: 'done', output: { bucket: input.bucket, ...found, exported_to: time.toISOString(), items } };
  },
});

function find(input: In, ctx: KitContext): Promise<Reading<Manifest | undefined>> {
  const { region: home, bucket, prefix: under, table, table_region: from, made_from: madeFrom } = input;
  return findNewest({ bucket: { region: home, bucket }, prefix: under, of: { region: from, table, madeFrom } }, ctx);
}

function checkThere(input: In, read: Reading<Manifest | undefined>): Check {
  const question: Question = {
    id: 'export',
    title: 'an export is there',
    expected: 'one that has ended',
    carry: 'never',
  };
  return judgeReading(question, read, (newest) => ({
    pass: newest !== undefined,
    found: newest ? `${newest.items} items of ${sayUtc(newest.time)}` : noneOf(input),
  }));
}

function checkAge({ max_age: limit }: In, { time }: Manifest, ctx: KitContext): Check {
  const expected = limit === undefined ? 'any age' : `at most ${limit} old`;
  const question: Question = { id: 'age', title: 'export is recent enough', expected, carry: 'never' };
  const ageMs = ctx.clock.now().getTime() - time.getTime();
  const pass = limit === undefined || ageMs <= durationMs(limit);
  return judge(question, pass, `of ${sayUtc(time)}, ${Math.round(ageMs / 60_000)} minutes old`);
}

function noneOf({ table, bucket, region: home, prefix: under }: In): string {
  const where = `${nameBucket({ bucket, region: home })}${under === '' ? '' : ` under ${under}`}`;
  return `There is no whole export of ${table} in the ${where}: make one with dynamodb.export-to-s3 while its Region is up.`;
}
