import { ExportTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect, type Observed } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { count, instant } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { need, type Reading, reading, stated } from '../kit/reading.ts';
import { sendOnce } from '../kit/send-once.ts';
import { readExport, type SeenExport } from './export.ts';
import { ExportInput, planExport, prefixOf, readOwn } from './export-plan.ts';
import { dataPrefixOf } from './manifest.ts';
import { nameTable, readTable } from './table.ts';

/** Clocks differ. */
const graceMs = 60_000;

const Output = z.strictObject({
  export_arn: z.string().describe('The export.'),
  exported_to: instant.describe('The instant of its contents.'),
  items: count.describe('Items in it.'),
  manifest_key: z.string().describe('Key of the summary, which is written last.'),
  data_prefix: z.string().describe('Where the items are: what dynamodb.import-from-s3 reads.'),
});

export const exportToS3 = defineEffect({
  name: 'dynamodb.export-to-s3',
  version: 1,
  summary: 'Export a table, as it was at an instant, to a bucket, of another Region too',
  kind: 'once',
  risk: 'reversible',
  traffic: 'none',
  input: ExportInput,
  output: Output,
  captured: z.strictObject({ at: instant, table_arn: z.string() }),
  receipt: z.strictObject({ export_arn: z.string().nullable() }),
  binds: ['table', 'bucket', 'prefix', 'time'],
  checks: [
    'point-in-time recovery is on, and the time within its window',
    'the bucket is there, in its Region',
    'no export of this step is under way',
  ],
  iam: {
    read: [
      'dynamodb:DescribeTable',
      'dynamodb:DescribeContinuousBackups',
      'dynamodb:ListExports',
      'dynamodb:DescribeExport',
      's3:ListBucket',
      's3:GetObject',
    ],
    effect: ['dynamodb:ExportTableToPointInTime'],
    asCaller: ['s3:AbortMultipartUpload', 's3:PutObject', 's3:PutObjectAcl'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    keeps: true,
    how: 'Nothing that was there is changed, so nothing is put back; the export stays.',
  },
  defaultTimeout: '2h',
  plan: planExport,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    return { at, table_arn: need(await readTable(input, ctx)).TableArn };
  },
  async apply(input, { token, captured }, ctx) {
    const command = sendOnce(
      new ExportTableToPointInTimeCommand({
        TableArn: captured.table_arn,
        S3Bucket: input.bucket,
        S3Prefix: prefixOf(input, ctx),
        ExportFormat: 'DYNAMODB_JSON',
        ClientToken: token,
        ...(input.time === undefined ? {} : { ExportTime: new Date(input.time) }),
      }),
    );
    const { ExportDescription: begun } = await effect(`Export of the ${nameTable(input)}`, () =>
      ctx.aws.dynamoDb(input.region).send(command),
    );
    return { export_arn: stated(begun?.ExportArn, 'the ARN of the export') };
  },
  async lookup(input, { captured }, ctx) {
    const own = await readOwn(input, new Date(new Date(captured.at).getTime() - graceMs), ctx);
    if (!own.ok) return unknowable(own);
    return own.value ? { happened: true, receipt: { export_arn: own.value.arn } } : { happened: false };
  },
  unchanged: () => ({ export_arn: null }),
  async observe(input, { export_arn: arn }, ctx) {
    const read = arn === null ? await readOwn(input, new Date(0), ctx) : await readExport(input.region, arn, ctx);
    if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
    if (!read.ok) return notSeen(read, pace.backup);
    return stateOf(read.value, input);
  },
  async verify(input, { manifest_key: key }, ctx) {
    const expected = `${key} in ${input.bucket}`;
    const question: Question = { id: 'manifest', title: 'its summary is in the bucket', expected, carry: 'never' };
    return [
      judgeReading(question, await readSize(input, key, ctx), (size) => ({ pass: size > 0, found: `${size} bytes` })),
    ];
  },
  restore: () => null,
});

function stateOf(found: SeenExport | undefined, input: ExportInput): Observed<z.output<typeof Output>> {
  if (!found) return { state: 'failed', why: `There is no export of the ${nameTable(input)} by this step.` };
  const { arn, status, manifest, items, time, failure } = found;
  if (status === 'IN_PROGRESS') return { state: 'working', progress: 'being exported', againInMs: pace.backup };
  if (status !== 'COMPLETED') {
    return { state: 'failed', why: `The export of the ${nameTable(input)} is ${status}: ${failure}.` };
  }
  if (manifest === undefined || items === undefined) {
    return {
      state: 'unknown',
      why: `The answer about ${arn} lacks its manifest or its count.`,
      againInMs: pace.backup,
    };
  }
  const output = { export_arn: arn, exported_to: time.toISOString(), items, manifest_key: manifest };
  return { state: 'done', output: { ...output, data_prefix: dataPrefixOf(manifest) } };
}

function readSize(
  { bucket, bucket_region: home }: ExportInput,
  key: string,
  ctx: KitContext,
): Promise<Reading<number>> {
  return reading(`${key} of bucket ${bucket} in ${home}`, async () => {
    const head = await ctx.aws.s3(home).send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return stated(head.ContentLength, 'its size');
  });
}
