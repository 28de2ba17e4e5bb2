import { ImportTableCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect, type Observed } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { count, instant, region } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { need, stated } from '../kit/reading.ts';
import { sendOnce } from '../kit/send-once.ts';
import { tableName } from './fields.ts';
import { findImport, readImport, type SeenImport } from './import.ts';
import { creationOf, ImportInput } from './import-input.ts';
import { importTarget, planImport } from './import-plan.ts';
import { markTable, observeMarks } from './restored.ts';
import { indexesToCome, nameTable, readTable } from './table.ts';
import { readStanding, type Target } from './target.ts';

/** Clocks differ. */
const graceMs = 60_000;

const Output = z.strictObject({
  region: region.describe("The new table's Region."),
  table: tableName.describe('Name of the new table.'),
  table_arn: z.string().describe('Its ARN.'),
  import_arn: z.string().describe('The import.'),
  items: count.describe('Items that were read and written.'),
});
type Out = z.output<typeof Output>;

export const importFromS3 = defineEffect({
  name: 'dynamodb.import-from-s3',
  version: 1,
  summary: 'Make a new table from an export in a bucket',
  kind: 'once',
  risk: 'reversible',
  traffic: 'none',
  input: ImportInput,
  output: Output,
  captured: z.strictObject({ at: instant, table: tableName }),
  receipt: z.strictObject({ table: tableName, import_arn: z.string().nullable() }),
  binds: ['source', 'from', 'keys', 'indexes'],
  checks: ['the items are there, and nothing else beside them', 'no other table has the name of the new one'],
  iam: {
    read: [
      'dynamodb:DescribeTable',
      'dynamodb:ListTagsOfResource',
      'dynamodb:ListImports',
      'dynamodb:DescribeImport',
      's3:ListBucket',
    ],
    effect: ['dynamodb:TagResource', 'dynamodb:ImportTable'],
    asCaller: [
      's3:GetObject',
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
      'logs:PutRetentionPolicy',
    ],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    keeps: true,
    how: 'Nothing that was there is changed, so nothing is put back; dynamodb.delete-table takes the new table away.',
  },
  defaultTimeout: '2h',
  plan: planImport,
  async capture(input, ctx) {
    const target = importTarget(input, ctx);
    need(await readStanding(target, ctx));
    return { at: ctx.clock.now().toISOString(), table: target.table };
  },
  async apply(input, { token, captured: { table } }, ctx) {
    const command = sendOnce(
      new ImportTableCommand({
        S3BucketSource: { S3Bucket: input.bucket, S3KeyPrefix: input.data_prefix },
        InputFormat: 'DYNAMODB_JSON',
        InputCompressionType: 'GZIP',
        TableCreationParameters: creationOf(input, table),
        ClientToken: token,
      }),
    );
    const { ImportTableDescription: begun } = await effect(
      `Import to the ${nameTable({ region: input.region, table })}`,
      () => ctx.aws.dynamoDb(input.region).send(command),
    );
    return { table, import_arn: stated(begun?.ImportArn, 'the ARN of the import') };
  },
  async lookup({ region: home }, { captured: { at, table } }, ctx) {
    const since = new Date(new Date(at).getTime() - graceMs);
    const found = await findImport({ region: home, table }, since, ctx);
    if (!found.ok) return unknowable(found);
    return found.value ? { happened: true, receipt: { table, import_arn: found.value.arn } } : { happened: false };
  },
  unchanged: (input, ctx) => ({ table: importTarget(input, ctx).table, import_arn: null }),
  async observe(input, { table, import_arn: arn }, ctx) {
    const target = { region: input.region, table };
    const read = arn === null ? await findImport(target, new Date(0), ctx) : await readImport(target.region, arn, ctx);
    if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
    if (!read.ok) return notSeen(read, pace.backup);
    if (!read.value) return { state: 'failed', why: `There is no import to the ${nameTable(target)}.` };
    if (read.value.status === 'IN_PROGRESS') {
      return { state: 'working', progress: `${read.value.processed} items read`, againInMs: pace.backup };
    }
    return finish(read.value, target, input, ctx);
  },
  advance: ({ region: home }, { table }, ctx) => markTable({ region: home, table }, ctx),
  restore: () => null,
});

/** Whatever has come of it, the table is given the marks of its run, by which it can be deleted again. */
async function finish(found: SeenImport, target: Target, input: ImportInput, ctx: KitContext): Promise<Observed<Out>> {
  const why = whyNot(found, target, input);
  const read = await readTable(target, ctx);
  if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: why ?? read.sentence };
  if (!read.ok) return notSeen(read, pace.backup);
  const { TableStatus: status, TableArn } = read.value;
  const marking = status === 'ACTIVE' ? await observeMarks(target, read.value, ctx) : null;
  if (marking) return marking;
  if (why !== null) return { state: 'failed', why };
  const indexes = indexesToCome(read.value);
  if (status !== 'ACTIVE' || indexes > 0) {
    return { state: 'working', progress: `imported; ${status}, ${indexes} indexes not ready`, againInMs: pace.backup };
  }
  return { state: 'done', output: { ...target, table_arn: TableArn, import_arn: found.arn, items: found.imported } };
}

/** Null where all items have come: AWS calls an import COMPLETED that has left some out. */
function whyNot(found: SeenImport, target: Target, { items }: ImportInput): string | null {
  const { status, processed, imported, errors, log, failure } = found;
  const what = `The import to the ${nameTable(target)}`;
  if (status !== 'COMPLETED') return `${what} is ${status}: ${failure}.`;
  if (errors > 0) return `${what} left out ${errors} of ${processed} items: see ${log ?? 'its log'}.`;
  if (items === undefined || imported === items) return null;
  return `${what} brought ${imported} items, expected the ${items} of the export.`;
}
