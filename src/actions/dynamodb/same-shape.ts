import type { GlobalSecondaryIndexDescription, KeySchemaElement, TableDescription } from '@aws-sdk/client-dynamodb';

type Shaped = Pick<TableDescription, 'TableName' | 'KeySchema' | 'GlobalSecondaryIndexes'>;

/** What sets the keys and indexes of two tables apart, one phrase each. */
export function differencesOf(one: Shaped, other: Shaped): string[] {
  const keys = sayKeys(one.KeySchema) === sayKeys(other.KeySchema) ? [] : [sayDifferent('keys', one, other, keysOf)];
  const [ours, theirs] = [indexesOf(one), indexesOf(other)];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  const apart = names.filter((name) => ours.get(name) !== theirs.get(name));
  return [...keys, ...apart.map((name) => sayDifferent(`index ${name}`, one, other, (of) => indexesOf(of).get(name)))];
}

function sayDifferent(what: string, one: Shaped, other: Shaped, of: (table: Shaped) => string | undefined): string {
  const say = (table: Shaped): string => `${of(table) ?? 'none'} in ${table.TableName}`;
  return `${what}: ${say(one)}, ${say(other)}`;
}

function keysOf(table: Shaped): string {
  return sayKeys(table.KeySchema);
}

function indexesOf({ GlobalSecondaryIndexes: indexes = [] }: Shaped): Map<string, string> {
  return new Map(indexes.map((index) => [index.IndexName ?? '', sayIndex(index)]));
}

function sayIndex({ KeySchema, Projection }: GlobalSecondaryIndexDescription): string {
  const others = [...(Projection?.NonKeyAttributes ?? [])].sort().join(', ');
  return `${sayKeys(KeySchema)} ${Projection?.ProjectionType ?? ''}${others && ` of ${others}`}`;
}

function sayKeys(schema: readonly KeySchemaElement[] = []): string {
  return schema
    .map(
      ({ AttributeName, KeyType }) =>
        `${AttributeName ?? 'an attribute that is not named'} ${KeyType ?? 'as it is not said'}`,
    )
    .join(' and ');
}
