import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { Duration, durationMs } from '../../domain/duration.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { judgeReading, notSeen } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead, type Observed } from '../kit/define.ts';
import { count, instant, label, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { type Reading, stated } from '../kit/reading.ts';
import { tableName } from './fields.ts';
import { Format } from './item-rules.ts';
import { addItems, type Looking, nothing, type Tally } from './item-tally.ts';
import { forgetScan, type Scan, scanOn } from './scan-on.ts';
import { nameTable, readTable, type SeenTable } from './table.ts';

const Input = z
  .strictObject({
    region: region.describe("The table's Region."),
    table: tableName.describe('The table.'),
    required: z.array(label).default([]).describe('Attributes that every item has, and not empty.'),
    formats: z
      .record(label, Format)
      .default({})
      .describe(
        'How attributes look, where they are: instant (with an offset or Z), epoch, number, text or a /pattern/.',
      ),
    timestamp: label.optional().describe('Attribute that says when an item was written, as an instant or an epoch.'),
    since: Duration.optional().describe('Only items of this long ago or later, and those that do not say when.'),
    max_bad: count.optional().describe('More bad items than these fail the step; without it they are only told.'),
    minimum: count.default(1).describe('Items that are looked at at least: an empty table proves nothing.'),
    margin: Duration.default('5m').describe('How long before the first bad item the time to restore to is.'),
  })
  .refine(({ required, formats }) => required.length + Object.keys(formats).length > 0, {
    path: ['required'],
    error: 'expected attributes that are required, or formats',
  })
  .refine(({ since, timestamp }) => since === undefined || timestamp !== undefined, {
    path: ['timestamp'],
    error: 'expected the attribute by which `since` is judged',
  });
type In = z.output<typeof Input>;

const Output = z.strictObject({
  scanned: count.describe('Items in the table.'),
  looked_at: count.describe('Those that were judged.'),
  bad: count.describe('Those that have a fault.'),
  undated: count.describe('Bad ones that do not say when they were written: they may be older than the first.'),
  faults: z.record(z.string(), z.number()).describe('How many have which fault.'),
  examples: z.array(z.string()).describe('Keys of the first bad ones, five at most.'),
  earliest_bad: instant.nullable().describe('When the first bad one was written; null where none says so.'),
  latest_bad: instant.nullable().describe('When the last one was.'),
  restore_to: instant.nullable().describe('A time before the first one, by `margin`: for dynamodb.restore-to-time.'),
});
type Out = z.output<typeof Output>;

export const checkItems = defineRead({
  name: 'dynamodb.check-items',
  version: 1,
  summary: 'Look at every item of a table: what it has to have, how it has to look, and since when some do not',
  input: Input,
  output: Output,
  binds: ['table', 'max_bad'],
  checks: ['the table is active, and not being restored'],
  iam: { read: ['dynamodb:DescribeTable', 'dynamodb:Scan'], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '1h',
  async plan(input, ctx) {
    const { table, required, formats, max_bad: most } = input;
    const shown = { table, required, formats, max_bad: most ?? 'any' };
    return {
      target: null,
      before: shown,
      after: shown,
      noChange: false,
      checks: [checkReady(await readTable(input, ctx))],
      estimateMs: usual.minute,
    };
  },
  async observe(input, ctx) {
    const table = await readTable(input, ctx);
    if (!table.ok && table.fault === 'not-found') return { state: 'failed', why: table.sentence, cause: table.fault };
    if (!table.ok) return notSeen(table, pace.database);
    if (!isReady(table.value)) return { state: 'working', progress: stateOf(table.value), againInMs: pace.database };
    const scan = scanFor(input, table.value, ctx);
    const read = await scanOn(input, scan, ctx);
    if (!read.ok) return notSeen(read, pace.database);
    const { seen, over } = read.value;
    if (over) forgetScan(scan);
    const { tally } = seen;
    if (over) return judgeTally(input, tally);
    const progress = `${tally.scanned.toLocaleString('en')} items looked at, ${tally.bad} bad`;
    return { state: 'working', progress, againInMs: pace.service };
  },
  say: sayOf,
});

function sayOf({ looked_at: all, bad, earliest_bad: first }: Out): string {
  const since = first === null ? '' : `, first ${sayUtc(new Date(first))}`;
  return `${bad.toLocaleString('en')} of ${all.toLocaleString('en')} items bad${since}`;
}

interface Seen {
  tally: Tally;
  /** The cutoff of the scan's beginning: it does not move while the scan goes on. */
  since: Date | null;
}

/** Attributes are asked for by placeholders, as many a name is a reserved word; nothing is read but what is looked at. */
function scanFor(input: In, table: SeenTable, ctx: KitContext): Scan<Seen> {
  const looking = lookingFor(input, table, ctx);
  const { keys, required, formats, timestamp } = looking;
  const asked = [...keys, ...required, ...Object.keys(formats), ...(timestamp === undefined ? [] : [timestamp])];
  const placed = [...new Set(asked)].map((name, index): [string, string] => [`#a${index}`, name]);
  return {
    key: [ctx.owner, input],
    ask: {
      ProjectionExpression: placed.map(([place]) => place).join(', '),
      ExpressionAttributeNames: Object.fromEntries(placed),
    },
    nothing: { tally: nothing, since: looking.since },
    add: ({ tally, since }, page) => {
      stated(page.ScannedCount, 'the count');
      return { tally: addItems(tally, stated(page.Items, 'the items'), { ...looking, since }), since };
    },
  };
}

function lookingFor(input: In, table: SeenTable, ctx: KitContext): Looking {
  const { required, formats, timestamp, since } = input;
  const keys = (table.KeySchema ?? []).flatMap(({ AttributeName }) => AttributeName ?? []);
  const from = since === undefined ? null : new Date(ctx.clock.now().getTime() - durationMs(since));
  return { required, formats, timestamp, keys, since: from };
}

function judgeTally(input: In, tally: Tally): Observed<Out> {
  const { minimum, max_bad: most } = input;
  const name = nameTable(input);
  if (tally.looked_at < minimum) {
    return {
      state: 'failed',
      why: `The ${name} has ${tally.looked_at} items to look at, expected ${minimum} or more.`,
    };
  }
  if (most === undefined || tally.bad <= most) return { state: 'done', output: outputOf(input, tally) };
  const faults = Object.entries(tally.faults).map(([fault, items]) => `${fault} in ${items}`);
  const first = tally.earliest === null ? '' : `, the first of ${tally.earliest.toISOString()}`;
  const counts = `${tally.bad} of ${tally.looked_at} items of the ${name} are bad${first}, expected at most ${most}`;
  return { state: 'failed', why: `${counts}: ${faults.join('; ')}. Such as ${tally.examples.join('; ')}.` };
}

function outputOf({ margin }: In, { earliest, latest, ...counted }: Tally): Out {
  const to = earliest === null ? null : new Date(earliest.getTime() - durationMs(margin));
  return {
    ...counted,
    earliest_bad: earliest?.toISOString() ?? null,
    latest_bad: latest?.toISOString() ?? null,
    restore_to: to?.toISOString() ?? null,
  };
}

function checkReady(read: Reading<SeenTable>): Check {
  return judgeReading(
    { id: 'table', title: 'table can be read', expected: 'ACTIVE', carry: 'never' },
    read,
    (table) => ({
      pass: isReady(table),
      found: stateOf(table),
    }),
  );
}

function isReady({ TableStatus: status, RestoreSummary: restore }: SeenTable): boolean {
  return (status === 'ACTIVE' || status === 'UPDATING') && restore?.RestoreInProgress !== true;
}

function stateOf({ TableStatus, RestoreSummary }: SeenTable): string {
  return RestoreSummary?.RestoreInProgress === true ? `${TableStatus}, and still being restored` : TableStatus;
}
