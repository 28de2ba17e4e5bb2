import type {
  GetItemCommandInput,
  GetItemCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { needOpenTable } from './find.ts';
import { type Attributes, type Item, isSameKey, itemsOf, keyOf, marshal, readKey } from './items.ts';
import type { Table } from './state.ts';

const pageBytes = 1_000_000;

export const itemReadings: Operations = {
  Scan: reading<ScanCommandInput, ScanCommandOutput>(scan),
  GetItem: reading<GetItemCommandInput, GetItemCommandOutput>((scene, input) => {
    const table = needOpenTable(scene, input.TableName);
    const key = readKey(table, input.Key);
    const found = shownItems(scene, table).find(({ attributes }) => isSameKey(table, attributes, key));
    return found ? { Item: marshal(found.attributes) } : {};
  }),
};

/** A page ends at a megabyte, or at `Limit` items looked at. */
function scan(scene: Scene, input: ScanCommandInput): Omit<ScanCommandOutput, '$metadata'> {
  if (input.FilterExpression) refuse('ValidationException', 'The simulated cloud scans without a FilterExpression.');
  const table = needOpenTable(scene, input.TableName);
  const items = shownItems(scene, table);
  const start = input.ExclusiveStartKey && readKey(table, input.ExclusiveStartKey);
  const begin = start ? items.findIndex(({ attributes }) => isSameKey(table, attributes, start)) + 1 : 0;
  const fits = Math.max(1, Math.floor(pageBytes / Math.max(1, table.itemBytes)));
  const page = items.slice(begin, begin + Math.min(fits, input.Limit ?? fits));
  const last = page.at(-1);
  return {
    Count: page.length,
    ScannedCount: page.length,
    ...(input.Select === 'COUNT' ? {} : { Items: page.map(({ attributes }) => marshal(project(attributes, input))) }),
    ...(last && begin + page.length < items.length ? { LastEvaluatedKey: marshal(keyOf(table, last.attributes)) } : {}),
  };
}

/** Only what a ProjectionExpression of plain names asks for. */
function project(
  attributes: Attributes,
  { ProjectionExpression, ExpressionAttributeNames = {} }: ScanCommandInput,
): Attributes {
  if (ProjectionExpression === undefined) return attributes;
  const names = ProjectionExpression.split(',').map((part) => ExpressionAttributeNames[part.trim()] ?? part.trim());
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));
}

/** While its restore goes on, only a part of a table is there. */
function shownItems({ state }: Scene, table: Table): Item[] {
  const items = itemsOf(state, table);
  return table.restore?.inProgress ? items.slice(0, Math.floor(items.length / 2)) : items;
}
