import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import stringify from 'safe-stable-stringify';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { addItems, type Looking, nothing, type Tally } from './item-tally.ts';
import { nameTable, type TableRef } from './table.ts';

interface Scan {
  tally: Tally;
  next: Record<string, AttributeValue> | undefined;
  /** The cutoff of its beginning: it does not move while the scan goes on. */
  since: Date | null;
  at: Date;
}

/** Scans that go on at the next look, by step and input. After a crash one begins anew. */
const underway = new Map<string, Scan>();
/** A look answers within seconds, and tells how far it is. */
const pagesAtOnce = 25;
/** What nobody has gone on with since is begun anew: items have changed meanwhile. */
const staleMs = 2 * 60_000;

/** Looks at so many more pages of a table; `over` once all were. Nothing is read but what is looked at. */
export async function scanOn(
  ref: TableRef,
  looking: Looking,
  { input, ctx }: { input: object; ctx: KitContext },
): Promise<Reading<{ tally: Tally; over: boolean }>> {
  const key = stringify([ctx.owner, input]);
  const now = ctx.clock.now();
  forgetStale(now);
  const begun = underway.get(key) ?? { tally: nothing, next: undefined, since: looking.since, at: now };
  const read = await reading(`items of the ${nameTable(ref)}`, () =>
    readPages(ref, { ...looking, since: begun.since }, begun, ctx),
  );
  if (!read.ok) return read;
  const { tally, next } = read.value;
  if (next === undefined) underway.delete(key);
  else underway.set(key, { tally, next, since: begun.since, at: ctx.clock.now() });
  return { ok: true, value: { tally, over: next === undefined } };
}

function forgetStale(now: Date): void {
  for (const [key, { at }] of underway) if (now.getTime() - at.getTime() > staleMs) underway.delete(key);
}

async function readPages(ref: TableRef, looking: Looking, { tally, next }: Scan, ctx: KitContext) {
  const seen = { tally, next };
  for (let page = 0; page < pagesAtOnce; page += 1) {
    const answer = await ctx.aws.dynamoDb(ref.region).send(pageOf(ref, looking, seen.next));
    stated(answer.ScannedCount, 'the count');
    seen.tally = addItems(seen.tally, stated(answer.Items, 'the items'), looking);
    seen.next = answer.LastEvaluatedKey;
    if (!seen.next) break;
  }
  return seen;
}

/** Attributes are asked for by placeholders: many a name, such as timestamp, is a reserved word. */
function pageOf(ref: TableRef, looking: Looking, next: Scan['next']): ScanCommand {
  const { keys, required, formats, timestamp } = looking;
  const names = [
    ...new Set([...keys, ...required, ...Object.keys(formats), ...(timestamp === undefined ? [] : [timestamp])]),
  ];
  const placed = names.map((name, index): [string, string] => [`#a${index}`, name]);
  return new ScanCommand({
    TableName: ref.table,
    ProjectionExpression: placed.map(([place]) => place).join(', '),
    ExpressionAttributeNames: Object.fromEntries(placed),
    ...(next ? { ExclusiveStartKey: next } : {}),
  });
}
