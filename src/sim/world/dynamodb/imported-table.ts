import type { ImportTableCommandInput, KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { mint } from '../model.ts';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { needFreeName } from './restores.ts';
import { bareSettings, digest, type Table } from './state.ts';

/** The table that an import makes, as its caller describes it: an export says nothing of keys and indexes. */
export function importedTable(
  scene: Scene,
  { TableCreationParameters: asked, InputFormat }: ImportTableCommandInput,
): Table {
  const { state, region } = scene;
  const name = needFreeName(scene, asked?.TableName);
  if (InputFormat !== 'DYNAMODB_JSON') refuse('ValidationException', 'The simulated cloud imports DYNAMODB_JSON.');
  const schemas = [asked?.KeySchema, ...(asked?.GlobalSecondaryIndexes ?? []).map(({ KeySchema }) => KeySchema)];
  const used = new Set(schemas.flatMap((schema) => (schema ?? []).map(({ AttributeName }) => AttributeName)));
  const defined = new Set((asked?.AttributeDefinitions ?? []).map(({ AttributeName }) => AttributeName));
  if (used.size !== defined.size || [...used].some((one) => !defined.has(one))) {
    refuse('ValidationException', 'One or more parameter values were invalid: attribute definitions and keys differ');
  }
  return {
    region,
    name,
    id: digest(mint(state, 32)),
    createdAt: state.at,
    status: 'CREATING',
    ...keysOf(asked?.KeySchema),
    indexes: (asked?.GlobalSecondaryIndexes ?? []).map(({ IndexName = '', KeySchema }) => ({
      name: IndexName,
      ...keysOf(KeySchema),
      status: 'CREATING',
    })),
    items: [],
    itemBytes: 0,
    ...bareSettings(state.at),
    kmsKey: asked?.SSESpecification?.KMSMasterKeyId ?? null,
    restore: null,
  };
}

function keysOf(schema: readonly KeySchemaElement[] = []): Pick<Table, 'partitionKey' | 'sortKey'> {
  const of = (type: string): string | undefined => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  return { partitionKey: of('HASH') ?? refuse('ValidationException', 'No hash key'), sortKey: of('RANGE') ?? null };
}
