import { z } from 'zod';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { instant, region } from '../kit/fields.ts';
import { nameFor } from '../kit/owner.ts';
import { usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { bucketName, nameBucket, readBucket } from '../s3/bucket.ts';
import { findExport, type SeenExport } from './export.ts';
import { tableName } from './fields.ts';
import { type RecoveryWindow, readWindow, sayWindow } from './recovery-window.ts';
import { readTable } from './table.ts';

export const ExportInput = z.strictObject({
  region: region.describe("The table's Region."),
  table: tableName.describe('The table; its point-in-time recovery is on.'),
  bucket: bucketName.describe('Bucket that it is written to.'),
  bucket_region: region.describe("The bucket's Region: one that survives the table's."),
  prefix: z
    .string()
    .regex(
      /^[\w!.*'()/-]{1,200}[\w!.*'()-]$/,
      'expected a prefix such as dynamodb-exports/orders, without a slash in the end',
    )
    .describe('Where in the bucket; the step and the run follow.'),
  time: instant.optional().describe('The instant whose contents it has, within the recovery window; now if absent.'),
});
export type ExportInput = z.output<typeof ExportInput>;

/** A run that began longer ago is over. */
const longestRunMs = 7 * 24 * 3_600_000;

/** The same place however often the step is sent, and another for each run. */
export function prefixOf({ prefix }: ExportInput, { owner }: KitContext): string {
  return `${prefix}/${nameFor(owner, owner.split('/')[1] ?? 'export', 'export')}`;
}

export async function readOwn(
  input: ExportInput,
  since: Date,
  ctx: KitContext,
): Promise<Reading<SeenExport | undefined>> {
  const table = await readTable(input, ctx);
  if (!table.ok) return table;
  return findExport(input, table.value, { bucket: input.bucket, prefix: prefixOf(input, ctx), since }, ctx);
}

export async function planExport(input: ExportInput, ctx: KitContext): Promise<ActionPlan> {
  const since = new Date(ctx.clock.now().getTime() - longestRunMs);
  const [window, bucket, own] = await Promise.all([
    readWindow(input, ctx),
    readBucket({ region: input.bucket_region, bucket: input.bucket }, ctx),
    readOwn(input, since, ctx),
  ]);
  const { table, bucket: name, prefix, time } = input;
  const shown = { table, bucket: name, prefix };
  return {
    target: { region: input.region, resource: `dynamodb:${table}/export` },
    before: shown,
    after: { ...shown, time: time ?? 'now' },
    noChange: own.ok && own.value?.status === 'COMPLETED',
    checks: [checkWindow(input, window, ctx), checkBucket(input, bucket), checkFree(own)],
    estimateMs: 4 * usual.minutes,
  };
}

/** An export may be of this very moment, which a restore may not. */
function checkWindow({ time }: ExportInput, window: Reading<RecoveryWindow>, ctx: KitContext): Check {
  const expected = time ?? 'point-in-time recovery on';
  const question: Question = { id: 'window', title: 'the table can be exported', expected, carry: 'never' };
  return judgeReading(question, window, (value) => {
    const { enabled, earliest } = value;
    const at = time === undefined ? ctx.clock.now() : new Date(time);
    const within = time === undefined || (earliest !== null && at >= earliest && at <= ctx.clock.now());
    const found = enabled ? sayWindow(value) : 'point-in-time recovery is off: use dynamodb.ensure-pitr';
    return { pass: enabled && within, found };
  });
}

function checkBucket({ bucket, bucket_region: home }: ExportInput, read: Reading<boolean>): Check {
  const question: Question = { id: 'bucket', title: 'bucket answers', expected: `there, in ${home}`, carry: 'never' };
  return judgeReading(question, read, (there) => ({
    pass: there,
    found: there ? 'it answered' : `There is no ${nameBucket({ region: home, bucket })}.`,
  }));
}

function checkFree(own: Reading<SeenExport | undefined>): Check {
  const expected = 'none, or COMPLETED';
  const question: Question = { id: 'own', title: 'no export of this step is under way', expected, carry: 'never' };
  return judgeReading(question, own, (one) => ({ pass: one?.status !== 'IN_PROGRESS', found: one?.status ?? 'none' }));
}
