import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import type { TableSpec } from './estate.ts';
import type { Table } from './state.ts';

type Value = string | number;
export type Attributes = Record<string, Value>;

/** What was written once, and when. */
export interface Item {
  at: number;
  attributes: Attributes;
}

type Keys = Pick<Table, 'partitionKey' | 'sortKey'>;
type Spec = NonNullable<TableSpec['items']>;

const minute = 60_000;

/** The `nth` item that is written to a table. */
export function makeItem({ partitionKey, sortKey }: Keys, spec: Spec, nth: number, at: number): Item {
  const written = new Date(at).toISOString();
  const cycled = Object.entries(spec.attributes).map(([name, values]) => [name, values[nth % values.length] ?? '']);
  return {
    at,
    attributes: {
      [partitionKey]: `${spec.prefix}${String(nth).padStart(6, '0')}`,
      ...(sortKey === null ? {} : { [sortKey]: written }),
      ...(spec.timestamp === undefined ? {} : { [spec.timestamp]: written }),
      ...Object.fromEntries(cycled),
    },
  };
}

export function itemsUntil(items: readonly Item[], at: number): Item[] {
  return items.filter((item) => item.at <= at);
}

/** What a table holds now: whatever was written since its corruption began lacks a field. */
export function itemsOf(state: State, table: Table): Item[] {
  const corrupt = corruptionOf(state, table);
  if (!corrupt) return table.items;
  return table.items.map((item) =>
    item.at < corrupt.since ? item : { ...item, attributes: without(item, corrupt.field) },
  );
}

function corruptionOf(state: State, table: Table): { since: number; field: string } | undefined {
  const began = state.faults.flatMap(({ fault, since }) =>
    fault.kind === 'table-corrupt' && fault.region === table.region && fault.table === table.name
      ? [{ since: since - fault.minutes * minute, field: fault.field }]
      : [],
  );
  return began.sort((a, b) => a.since - b.since)[0];
}

function without({ attributes }: Item, field: string): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== field));
}

export function keyOf({ partitionKey, sortKey }: Keys, attributes: Attributes): Attributes {
  const names = sortKey === null ? [partitionKey] : [partitionKey, sortKey];
  return Object.fromEntries(names.map((name) => [name, attributes[name] ?? '']));
}

export function marshal(attributes: Attributes): Record<string, AttributeValue> {
  const written = Object.entries(attributes).map(([name, value]): [string, AttributeValue] => [
    name,
    typeof value === 'number' ? { N: String(value) } : { S: value },
  ]);
  return Object.fromEntries(written);
}

export function unmarshal(given: Record<string, AttributeValue>): Attributes {
  const read = Object.entries(given).map(([name, value]): [string, Value] => [
    name,
    value.N === undefined ? (value.S ?? '') : Number(value.N),
  ]);
  return Object.fromEntries(read);
}

/** A key as it was asked for, by the names of the table's own. */
export function readKey(keys: Keys, given: Record<string, AttributeValue> | undefined): Attributes {
  const key = unmarshal(given ?? {});
  const wanted = keys.sortKey === null ? [keys.partitionKey] : [keys.partitionKey, keys.sortKey];
  if (Object.keys(key).sort().join() !== [...wanted].sort().join()) {
    refuse('ValidationException', 'The provided key element does not match the schema');
  }
  return key;
}

export function isSameKey(keys: Keys, one: Attributes, other: Attributes): boolean {
  return (
    one[keys.partitionKey] === other[keys.partitionKey] &&
    (keys.sortKey === null || one[keys.sortKey] === other[keys.sortKey])
  );
}
