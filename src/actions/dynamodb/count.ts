import { type AttributeValue, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import type { Scan } from './scan-on.ts';
import { nameTable, type TableRef } from './table.ts';

/** A key as people write it: `{ record_id: rec-000001, timestamp: "2026-03-01T12:00:00.000Z" }`. */
export type Key = Readonly<Record<string, string | number>>;

/** Items in a table, counted page by page: DescribeTable's own count is six hours old. */
export function countFor(key: readonly unknown[]): Scan<number> {
  return {
    key: ['count', ...key],
    ask: { Select: 'COUNT' },
    nothing: 0,
    add: (count, page) => count + stated(page.Count, 'the count'),
  };
}

/** Which of these keys the table does not have. */
export function findMissing(ref: TableRef, keys: readonly Key[], ctx: KitContext): Promise<Reading<Key[]>> {
  return reading(`items of the ${nameTable(ref)}`, async () => {
    const found = await Promise.all(keys.map((key) => hasItem(ref, key, ctx)));
    return keys.filter((_, index) => !found[index]);
  });
}

async function hasItem(ref: TableRef, key: Key, ctx: KitContext): Promise<boolean> {
  const command = new GetItemCommand({ TableName: ref.table, Key: marshal(key), ConsistentRead: true });
  return (await ctx.aws.dynamoDb(ref.region).send(command)).Item !== undefined;
}

function marshal(key: Key): Record<string, AttributeValue> {
  const written = Object.entries(key).map(([name, value]): [string, AttributeValue] => [
    name,
    typeof value === 'number' ? { N: String(value) } : { S: value },
  ]);
  return Object.fromEntries(written);
}
