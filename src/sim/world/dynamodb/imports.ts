import type {
  DescribeImportCommandInput,
  DescribeImportCommandOutput,
  ImportTableCommandInput,
  ImportTableCommandOutput,
  ImportTableDescription,
  ListImportsCommandInput,
  ListImportsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { faultsOf, isDark, mint, schedule } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { StoredObject } from '../s3/state.ts';
import type { State } from '../state.ts';
import { readItems } from './export-files.ts';
import { tableArn } from './find.ts';
import { importedTable } from './imported-table.ts';
import { type Attributes, keyOf } from './items.ts';
import { backupId, type Table } from './state.ts';
import type { Import } from './transfers.ts';

const pageSize = 25;
const tokenMs = 8 * 3_600_000;

export const importOperations: Operations = {
  ImportTable: effect<ImportTableCommandInput, ImportTableCommandOutput>(
    (input) => `dynamodb:${input.TableCreationParameters?.TableName}`,
    begin,
  ),
  DescribeImport: reading<DescribeImportCommandInput, DescribeImportCommandOutput>((scene, input) => {
    const found = here(scene).find((one) => importArn(scene.state, one) === input.ImportArn);
    if (!found) refuse('ImportNotFoundException', `Import not found: ${input.ImportArn}`);
    return { ImportTableDescription: describe(scene.state, found) };
  }),
  ListImports: reading<ListImportsCommandInput, ListImportsCommandOutput>(list),
};

function here({ state, region }: Scene): Import[] {
  return state.dynamoDb.imports.filter((one) => one.region === region);
}

function importArn(state: State, { region, table, id }: Import): string {
  return `${tableArn(state, { region, name: table })}/import/${id}`;
}

function begin(scene: Scene, input: ImportTableCommandInput) {
  const { state, region } = scene;
  const { ClientToken: token = null, ...asked } = input;
  const request = JSON.stringify(asked);
  const before = here(scene).find((one) => token !== null && one.token === token && state.at < one.startedAt + tokenMs);
  if (before && before.request !== request) {
    refuse('ImportConflictException', 'An import with the same client token has other parameters.');
  }
  if (before) return { ImportTableDescription: describe(state, before) };
  const table = importedTable(scene, input);
  const made: Import = {
    id: backupId(state.at, mint(state, 8)),
    region,
    token,
    request,
    tableId: table.id,
    table: table.name,
    source: {
      bucket: input.S3BucketSource?.S3Bucket ?? '',
      prefix: input.S3BucketSource?.S3KeyPrefix ?? '',
      zipped: input.InputCompressionType === 'GZIP',
    },
    status: 'IN_PROGRESS',
    startedAt: state.at,
    endedAt: null,
    processed: 0,
    imported: 0,
    errors: 0,
    failure: null,
  };
  state.dynamoDb.tables.push(table);
  state.dynamoDb.imports.push(made);
  schedule(state, state.estate.dynamoDb.timings.importMs, 'dynamoDb.next', made.id, 'imported');
  return { ImportTableDescription: describe(state, made) };
}

/** The table is there whatever comes of it: after a failure it is empty. */
export function finishImport(state: State, made: Import): void {
  made.endedAt = state.at;
  const table = state.dynamoDb.tables.find(({ id }) => id === made.tableId);
  if (!table) return;
  table.status = 'ACTIVE';
  for (const index of table.indexes) index.status = 'ACTIVE';
  const files = filesOf(state, made);
  const fault = faultsOf(state, 'import-fails').find(
    (one) => one.region === made.region && one.bucket === made.source.bucket,
  );
  if (!files || (fault && fault.items === undefined)) {
    made.status = 'FAILED';
    made.failure = files
      ? { code: 'S3AccessDenied', message: 'Access Denied' }
      : { code: 'S3NoSuchBucket', message: 'The specified bucket does not exist' };
    return;
  }
  fill(state, table, made, readItems(files, made.source.zipped), fault?.items ?? 0);
  made.status = 'COMPLETED';
}

function filesOf(state: State, { source }: Import): StoredObject[] | undefined {
  const bucket = state.buckets.find(({ name, taken }) => name === source.bucket && !taken);
  if (!bucket || isDark(state, bucket.region)) return undefined;
  return Object.entries(bucket.objects).flatMap(([key, object]) => (key.startsWith(source.prefix) ? [object] : []));
}

/** Items of one key overwrite each other and are no error; those without the key are left out. */
function fill(state: State, table: Table, made: Import, read: ReturnType<typeof readItems>, leftOut: number): void {
  const whole = read.items.filter((item) => hasKey(table, item));
  const taken = whole.slice(0, Math.max(0, whole.length - leftOut));
  const byKey = new Map(taken.map((item) => [JSON.stringify(keyOf(table, item)), item]));
  table.items = [...byKey.values()].map((attributes) => ({ at: state.at, attributes }));
  table.itemBytes = Math.ceil(read.bytes / Math.max(1, read.items.length));
  made.processed = read.items.length + read.errors;
  made.imported = taken.length;
  made.errors = made.processed - made.imported;
}

function hasKey({ partitionKey, sortKey }: Table, item: Attributes): boolean {
  return item[partitionKey] !== undefined && (sortKey === null || item[sortKey] !== undefined);
}

function describe(state: State, made: Import): ImportTableDescription {
  return {
    ...summarize(state, made),
    TableId: made.tableId,
    ...(made.token === null ? {} : { ClientToken: made.token }),
    ErrorCount: made.errors,
    ProcessedItemCount: made.processed,
    ImportedItemCount: made.imported,
    ...(made.failure ? { FailureCode: made.failure.code, FailureMessage: made.failure.message } : {}),
  };
}

function summarize(state: State, made: Import) {
  const { region, table: name, source } = made;
  return {
    ImportArn: importArn(state, made),
    ImportStatus: made.status,
    TableArn: tableArn(state, { region, name }),
    S3BucketSource: { S3Bucket: source.bucket, S3KeyPrefix: source.prefix },
    CloudWatchLogGroupArn: `arn:aws:logs:${region}:${state.estate.account}:log-group:/aws-dynamodb/imports:*`,
    InputFormat: 'DYNAMODB_JSON' as const,
    StartTime: new Date(made.startedAt),
    ...(made.endedAt === null ? {} : { EndTime: new Date(made.endedAt) }),
  };
}

function list(scene: Scene, input: ListImportsCommandInput): Omit<ListImportsCommandOutput, '$metadata'> {
  const all = here(scene)
    .map((one) => summarize(scene.state, one))
    .filter((one) => input.TableArn === undefined || one.TableArn === input.TableArn);
  const from = Number(input.NextToken ?? 0);
  const until = from + (input.PageSize ?? pageSize);
  return {
    ImportSummaryList: all.slice(from, until),
    ...(until < all.length ? { NextToken: String(until) } : {}),
  };
}
