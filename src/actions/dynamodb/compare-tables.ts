import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { judgeReading, notSeen } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead, type Observed } from '../kit/define.ts';
import { count, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { countFor, findMissing } from './count.ts';
import { tableName } from './fields.ts';
import { differencesOf } from './same-shape.ts';
import { forgetScan, scanOn } from './scan-on.ts';
import { readTable, type SeenTable, type TableRef } from './table.ts';

const Key = z.record(z.string(), z.union([z.string(), z.number()]));

const Input = z.strictObject({
  region: region.describe("The table's Region."),
  table: tableName.describe('The table to prove, such as a restored one.'),
  source: tableName.describe('The table that it is compared with.'),
  source_region: region.optional().describe("The source's Region; that of the table if absent."),
  tolerance_percent: z
    .number('expected a number')
    .min(0, 'expected 0 or more')
    .max(100, 'expected 100 or less')
    .default(5)
    .describe(
      "How far apart the counts may be, percent of the source's: a live table goes on, a restored one does not.",
    ),
  canaries: z.array(Key).default([]).describe('Keys that the table must have, each with all its key attributes.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  count: count.describe('Items in the table.'),
  source_count: count.describe('Items in the source.'),
  difference_percent: z.number().describe("How far apart they are, percent of the source's."),
});
type Out = z.output<typeof Output>;

export const compareTables = defineRead({
  name: 'dynamodb.compare-tables',
  version: 1,
  summary: 'Prove a table against another: keys and indexes, items counted, known items there',
  input: Input,
  output: Output,
  binds: ['table', 'source', 'tolerance_percent'],
  checks: ['both tables are active'],
  iam: { read: ['dynamodb:DescribeTable', 'dynamodb:Scan', 'dynamodb:GetItem'], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '15m',
  async plan(input, ctx) {
    const [table, source] = await readBoth(input, ctx);
    const { table: name, source: other, tolerance_percent } = input;
    const shown = { table: name, source: other, tolerance_percent };
    return {
      target: null,
      before: shown,
      after: shown,
      noChange: false,
      checks: [checkActive('table', name, table), checkActive('source', other, source)],
      estimateMs: usual.minute,
    };
  },
  async observe(input, ctx) {
    const [table, source] = await readBoth(input, ctx);
    const unread = [table, source].find((read) => !read.ok);
    if (unread && !unread.ok) return missing(unread);
    if (!table.ok || !source.ok) return { state: 'unknown', why: 'A table could not be read.' };
    const busy = [table.value, source.value].find((one) => !isReady(one));
    if (busy) return { state: 'working', progress: `${busy.TableName} is ${stateOf(busy)}`, againInMs: pace.database };
    const differences = differencesOf(table.value, source.value);
    if (differences.length > 0)
      return { state: 'failed', why: `${input.table} is not shaped as ${input.source}: ${differences.join('; ')}.` };
    return compareItems(input, ctx);
  },
});

function readBoth(input: In, ctx: KitContext): Promise<[Reading<SeenTable>, Reading<SeenTable>]> {
  return Promise.all([readTable(input, ctx), readTable(sourceOf(input), ctx)]);
}

function sourceOf({ region: home, source, source_region: from }: In): TableRef {
  return { region: from ?? home, table: source };
}

async function compareItems(input: In, ctx: KitContext): Promise<Observed<Out>> {
  const source = sourceOf(input);
  const [scan, other] = [countFor([ctx.owner, input, 'table']), countFor([ctx.owner, input, 'source'])];
  const [ours, theirs] = await Promise.all([scanOn(input, scan, ctx), scanOn(source, other, ctx)]);
  if (!ours.ok) return missing(ours);
  if (!theirs.ok) return missing(theirs);
  const [count, sourceCount] = [ours.value.seen, theirs.value.seen];
  if (!ours.value.over || !theirs.value.over) {
    const progress = `${count} items of ${input.table} and ${sourceCount} of ${input.source} counted`;
    return { state: 'working', progress, againInMs: pace.service };
  }
  const missed = await findMissing(input, input.canaries, ctx);
  if (!missed.ok) return missing(missed);
  for (const one of [scan, other]) forgetScan(one);
  const output = { count, source_count: sourceCount, difference_percent: apart(count, sourceCount) };
  if (missed.value.length > 0) {
    const keys = missed.value.map((key) => JSON.stringify(key)).join(', ');
    return {
      state: 'failed',
      why: `${input.table} lacks ${missed.value.length} of ${input.canaries.length} known items: ${keys}.`,
    };
  }
  if (output.difference_percent <= input.tolerance_percent) return { state: 'done', output };
  const counts = `${input.table} has ${count} items and ${input.source} ${sourceCount}`;
  const why = `${counts}: ${output.difference_percent} % apart, expected at most ${input.tolerance_percent} %.`;
  return { state: 'failed', why };
}

function missing(read: Exclude<Reading<unknown>, { ok: true }>): Observed<Out> {
  return read.fault === 'not-found'
    ? { state: 'failed', why: read.sentence, cause: read.fault }
    : notSeen(read, pace.database);
}

/** Rounded up to a hundredth: a difference is never told smaller than it is. */
function apart(ours: number, theirs: number): number {
  if (theirs === 0) return ours === 0 ? 0 : 100;
  return Math.ceil((Math.abs(ours - theirs) / theirs) * 10_000) / 100;
}

function checkActive(id: string, name: string, read: Reading<SeenTable>): Check {
  return judgeReading({ id, title: `${name} can be read`, expected: 'ACTIVE', carry: 'never' }, read, (table) => ({
    pass: isReady(table),
    found: stateOf(table),
  }));
}

function isReady(table: SeenTable): boolean {
  return table.TableStatus === 'ACTIVE' && table.RestoreSummary?.RestoreInProgress !== true;
}

function stateOf({ TableStatus, RestoreSummary }: SeenTable): string {
  return RestoreSummary?.RestoreInProgress === true ? `${TableStatus}, and still being restored` : TableStatus;
}
