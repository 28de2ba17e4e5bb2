import {
  type AttributeValue,
  ScanCommand,
  type ScanCommandInput,
  type ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import stringify from 'safe-stable-stringify';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading } from '../kit/reading.ts';
import { nameTable, type TableRef } from './table.ts';

/** What a scan asks for, and what it makes of each page. */
export interface Scan<Seen> {
  /** Tells it from every other: the step and what it asks. */
  key: readonly unknown[];
  ask: Omit<ScanCommandInput, 'TableName' | 'ExclusiveStartKey'>;
  nothing: Seen;
  add(seen: Seen, page: ScanCommandOutput): Seen;
}

interface Underway {
  seen: unknown;
  next: Record<string, AttributeValue> | undefined;
  over: boolean;
  at: Date;
}

/** Scans that go on at the next look, by key. After a crash one begins anew. */
const underway = new Map<string, Underway>();
/** A look answers within seconds, and tells how far it is. */
const pagesAtOnce = 25;
/** What nobody has gone on with since is begun anew: items have changed meanwhile. */
const staleMs = 2 * 60_000;

/** Reads so many more pages of a table; `over` once all were, until the scan is forgotten. */
export async function scanOn<Seen>(
  ref: TableRef,
  scan: Scan<Seen>,
  ctx: KitContext,
): Promise<Reading<{ seen: Seen; over: boolean }>> {
  forgetStale(ctx.clock.now());
  const key = stringify(scan.key) ?? '';
  const begun = underway.get(key);
  const before = { seen: (begun?.seen ?? scan.nothing) as Seen, next: begun?.next, over: begun?.over ?? false };
  const read = await reading(`items of the ${nameTable(ref)}`, () => readPages(ref, scan, before, ctx));
  if (!read.ok) return read;
  underway.set(key, { ...read.value, at: ctx.clock.now() });
  return read;
}

/** Lets the next look begin anew. */
export function forgetScan({ key }: Pick<Scan<unknown>, 'key'>): void {
  underway.delete(stringify(key) ?? '');
}

function forgetStale(now: Date): void {
  for (const [key, { at }] of underway) if (now.getTime() - at.getTime() > staleMs) underway.delete(key);
}

async function readPages<Seen>(
  ref: TableRef,
  { ask, add }: Scan<Seen>,
  { seen, next, over }: { seen: Seen; next: Underway['next']; over: boolean },
  ctx: KitContext,
) {
  const now = { seen, next, over };
  for (let page = 0; page < pagesAtOnce && !now.over; page += 1) {
    const from = now.next ? { ExclusiveStartKey: now.next } : {};
    const answer = await ctx.aws.dynamoDb(ref.region).send(new ScanCommand({ ...ask, TableName: ref.table, ...from }));
    now.seen = add(now.seen, answer);
    now.next = answer.LastEvaluatedKey;
    now.over = now.next === undefined;
  }
  return now;
}
