import type {
  DescribeTableCommandInput,
  DescribeTableCommandOutput,
  GlobalSecondaryIndexDescription,
  KeySchemaElement,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import { type Operations, reading } from '../operation.ts';
import type { State } from '../state.ts';
import { needTable, tableArn } from './find.ts';
import type { Index, Table } from './state.ts';

export const tableReadings: Operations = {
  DescribeTable: reading<DescribeTableCommandInput, DescribeTableCommandOutput>((scene, input) => ({
    Table: toTableDescription(scene.state, needTable(scene, input.TableName)),
  })),
};

/** A table as DescribeTable shows it. */
export function toTableDescription(state: State, table: Table): TableDescription {
  const arn = tableArn(state, table);
  return {
    TableName: table.name,
    TableArn: arn,
    TableId: table.id,
    TableStatus: table.status,
    CreationDateTime: new Date(table.createdAt),
    KeySchema: keySchemaOf(table),
    AttributeDefinitions: attributesOf(table).map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    ItemCount: table.status === 'CREATING' ? 0 : table.items.length,
    TableSizeBytes: table.status === 'CREATING' ? 0 : table.items.length * table.itemBytes,
    DeletionProtectionEnabled: table.deletionProtection,
    ...(table.indexes.length === 0 ? {} : { GlobalSecondaryIndexes: table.indexes.map((one) => toIndex(arn, one)) }),
    ...streamOf(arn, table),
    ...(table.kmsKey === null
      ? {}
      : { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: table.kmsKey } }),
    ...restoreOf(state, table),
  };
}

export function keySchemaOf({ partitionKey, sortKey }: Pick<Table, 'partitionKey' | 'sortKey'>): KeySchemaElement[] {
  const hash: KeySchemaElement = { AttributeName: partitionKey, KeyType: 'HASH' };
  return sortKey === null ? [hash] : [hash, { AttributeName: sortKey, KeyType: 'RANGE' }];
}

function attributesOf(table: Table): string[] {
  const keys = [table, ...table.indexes].flatMap((one) => [one.partitionKey, one.sortKey ?? []].flat());
  return [...new Set(keys)];
}

function toIndex(arn: string, index: Index): GlobalSecondaryIndexDescription {
  return {
    IndexName: index.name,
    IndexArn: `${arn}/index/${index.name}`,
    IndexStatus: index.status,
    KeySchema: keySchemaOf(index),
    Projection: { ProjectionType: 'ALL' },
  };
}

function streamOf(arn: string, table: Table): Partial<TableDescription> {
  if (!table.stream) return {};
  const LatestStreamLabel = new Date(table.streamSince).toISOString().replace('Z', '');
  const LatestStreamArn = `${arn}/stream/${LatestStreamLabel}`;
  return {
    StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream },
    LatestStreamLabel,
    LatestStreamArn,
  };
}

function restoreOf(state: State, { restore }: Table): Partial<TableDescription> {
  if (restore === null) return {};
  return {
    RestoreSummary: {
      SourceTableArn: tableArn(state, restore.sourceTable),
      ...(restore.sourceBackup === null ? {} : { SourceBackupArn: restore.sourceBackup }),
      RestoreDateTime: new Date(restore.to),
      RestoreInProgress: restore.inProgress,
    },
  };
}
