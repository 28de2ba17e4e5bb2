import type { AttributeDefinition, KeySchemaElement, TableCreationParameters } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { count, label, region } from '../kit/fields.ts';
import { bucketName } from '../s3/bucket.ts';
import { restoredFields, tableName } from './fields.ts';

const Key = z.strictObject({
  name: label.describe('Attribute.'),
  type: z.enum(['S', 'N', 'B']).default('S').describe('String, number or binary.'),
});
const keys = {
  partition_key: Key.describe('The key that every item has.'),
  sort_key: Key.optional().describe('The second part of the key.'),
};

export const ImportInput = z.strictObject({
  region: region.describe('Region of the new table.'),
  bucket: bucketName.describe('Bucket of the export.'),
  bucket_region: region.optional().describe("The bucket's Region; that of the new table if absent."),
  data_prefix: z
    .string()
    .regex(
      /^.*AWSDynamoDB\/[\w-]+\/data\/$/,
      'expected the data_prefix of an export, such as dynamodb.select-export gives',
    )
    .describe('Where the items are, without the summaries beside them.'),
  items: count.optional().describe('Items that the export has, as its summary says: no fewer may arrive.'),
  source: tableName.describe('The table that was exported, after which the new one is named.'),
  target_table: restoredFields.target_table,
  suffix: restoredFields.suffix.default('imported'),
  encryption_key: restoredFields.encryption_key.describe("KMS key of the new table's Region; AWS's own if absent."),
  ...keys,
  indexes: z
    .array(z.strictObject({ name: label, ...keys }))
    .default([])
    .describe('Global secondary indexes, of all attributes: an export says nothing of them, nor of the key.'),
});
export type ImportInput = z.output<typeof ImportInput>;

type Keys = Pick<ImportInput, 'partition_key' | 'sort_key'>;

/** Billed on demand: a new table has nothing to scale by. */
export function creationOf(input: ImportInput, table: string): TableCreationParameters {
  const { indexes, encryption_key: key } = input;
  const shaped = indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: schemaOf(index),
    Projection: { ProjectionType: 'ALL' as const },
  }));
  return {
    TableName: table,
    AttributeDefinitions: definitionsOf([input, ...indexes]),
    KeySchema: schemaOf(input),
    BillingMode: 'PAY_PER_REQUEST',
    ...(shaped.length > 0 ? { GlobalSecondaryIndexes: shaped } : {}),
    ...(key === undefined ? {} : { SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key } }),
  };
}

export function sayKeys({ partition_key: first, sort_key: second }: Keys): string {
  return [first, ...(second ? [second] : [])].map(({ name, type }) => `${name} ${type}`).join(', ');
}

function schemaOf({ partition_key: first, sort_key: second }: Keys): KeySchemaElement[] {
  const hash: KeySchemaElement = { AttributeName: first.name, KeyType: 'HASH' };
  return second ? [hash, { AttributeName: second.name, KeyType: 'RANGE' }] : [hash];
}

function definitionsOf(all: readonly Keys[]): AttributeDefinition[] {
  const used = all.flatMap(({ partition_key: first, sort_key: second }) => [first, ...(second ? [second] : [])]);
  const types = new Map(used.map(({ name, type }) => [name, type]));
  return [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}
