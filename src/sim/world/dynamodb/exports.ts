import type {
  DescribeExportCommandInput,
  DescribeExportCommandOutput,
  ExportDescription,
  ExportTableToPointInTimeCommandInput,
  ExportTableToPointInTimeCommandOutput,
  ListExportsCommandInput,
  ListExportsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { isDark, mint, schedule } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import { exportArn, folderOf, writeExport, writeStarted } from './export-files.ts';
import { needTable, tableArn, tableFault } from './find.ts';
import { itemsOf, itemsUntil } from './items.ts';
import { recoveryWindow } from './recovery-window.ts';
import { backupId, type Table } from './state.ts';
import type { Export, ExportRequest } from './transfers.ts';

const pageSize = 25;
const tokenMs = 8 * 3_600_000;

export const exportOperations: Operations = {
  ExportTableToPointInTime: effect<ExportTableToPointInTimeCommandInput, ExportTableToPointInTimeCommandOutput>(
    (input) => `dynamodb:${input.TableArn?.split(':table/')[1]}`,
    begin,
  ),
  DescribeExport: reading<DescribeExportCommandInput, DescribeExportCommandOutput>((scene, input) => {
    const found = here(scene).find((one) => exportArn(scene.state, one) === input.ExportArn);
    if (!found) refuse('ExportNotFoundException', `Export not found: ${input.ExportArn}`);
    return { ExportDescription: describe(scene.state, found) };
  }),
  ListExports: reading<ListExportsCommandInput, ListExportsCommandOutput>(list),
};

function here({ state, region }: Scene): Export[] {
  return state.dynamoDb.exports.filter((one) => one.region === region);
}

function begin(scene: Scene, input: ExportTableToPointInTimeCommandInput) {
  const { state } = scene;
  const table = needTable(scene, input.TableArn, 'TableNotFoundException');
  const request = {
    table: table.name,
    bucket: input.S3Bucket ?? '',
    prefix: input.S3Prefix ?? '',
    time: input.ExportTime?.getTime() ?? null,
  };
  const before = here(scene).find((one) => one.token === input.ClientToken && state.at < one.startedAt + tokenMs);
  if (before && JSON.stringify(before.request) !== JSON.stringify(request)) {
    refuse('ExportConflictException', 'An export with the same client token has other parameters.');
  }
  const made = before ?? start(scene, table, request, input.ClientToken ?? null);
  return { ExportDescription: describe(state, made) };
}

function start({ state, region }: Scene, table: Table, request: ExportRequest, token: string | null): Export {
  const exportTime = instantOf(state, table, request.time);
  const items = itemsUntil(itemsOf(state, table), exportTime);
  const made: Export = {
    id: backupId(state.at, mint(state, 8)),
    region,
    token,
    request,
    tableId: table.id,
    exportTime,
    status: 'IN_PROGRESS',
    startedAt: state.at,
    endedAt: null,
    items,
    itemCount: items.length,
    itemBytes: table.itemBytes,
    failure: null,
  };
  state.dynamoDb.exports.push(made);
  const bucket = reachableBucket(state, made);
  if (bucket) writeStarted(state, bucket, made);
  schedule(state, state.estate.dynamoDb.timings.exportMs, 'dynamoDb.next', made.id, 'exported');
  return made;
}

/** Now, unless a time is asked for: an export does not wait for the latest restorable one. */
function instantOf(state: State, table: Table, asked: number | null): number {
  const window = recoveryWindow(state, table);
  if (!window)
    refuse(
      'PointInTimeRecoveryUnavailableException',
      `Point in time recovery is not enabled for table '${table.name}'`,
    );
  if (asked === null) return Math.floor(state.at / 1_000) * 1_000;
  if (asked < window.earliest || asked > state.at) {
    refuse('InvalidExportTimeException', `The export time ${new Date(asked).toISOString()} is outside the window`);
  }
  return asked;
}

function reachableBucket(state: State, { request }: Export) {
  const bucket = state.buckets.find(({ name, taken }) => name === request.bucket && !taken);
  return bucket && !isDark(state, bucket.region) ? bucket : undefined;
}

export function finishExport(state: State, made: Export): void {
  made.endedAt = state.at;
  const bucket = reachableBucket(state, made);
  if (bucket && !tableFault(state, 'table-export-fails', { region: made.region, name: made.request.table })) {
    made.status = 'COMPLETED';
    writeExport(state, bucket, made);
  } else {
    made.status = 'FAILED';
    made.failure = bucket
      ? { code: 'AccessDenied', message: 'Access Denied' }
      : { code: 'S3NoSuchBucket', message: 'The specified bucket does not exist' };
  }
  made.items = [];
}

function describe(state: State, made: Export): ExportDescription {
  const { request, region, failure } = made;
  const done = made.status === 'COMPLETED';
  return {
    ExportArn: exportArn(state, made),
    ExportStatus: made.status,
    StartTime: new Date(made.startedAt),
    ...(made.endedAt === null ? {} : { EndTime: new Date(made.endedAt) }),
    ...(done ? { ExportManifest: `${folderOf(made)}/manifest-summary.json`, ItemCount: made.itemCount } : {}),
    ...(failure ? { FailureCode: failure.code, FailureMessage: failure.message } : {}),
    TableArn: tableArn(state, { region, name: request.table }),
    TableId: made.tableId,
    ExportTime: new Date(made.exportTime),
    ...(made.token === null ? {} : { ClientToken: made.token }),
    S3Bucket: request.bucket,
    ...(request.prefix === '' ? {} : { S3Prefix: request.prefix }),
    S3SseAlgorithm: 'AES256',
    ExportFormat: 'DYNAMODB_JSON',
    ExportType: 'FULL_EXPORT',
  };
}

function list(scene: Scene, input: ListExportsCommandInput): Omit<ListExportsCommandOutput, '$metadata'> {
  const arnOf = (one: Export): string => exportArn(scene.state, one);
  const all = here(scene).filter((one) => input.TableArn === undefined || arnOf(one).startsWith(`${input.TableArn}/`));
  const from = Number(input.NextToken ?? 0);
  const until = from + (input.MaxResults ?? pageSize);
  return {
    ExportSummaries: all.slice(from, until).map((one) => ({
      ExportArn: arnOf(one),
      ExportStatus: one.status,
      ExportType: 'FULL_EXPORT',
    })),
    ...(until < all.length ? { NextToken: String(until) } : {}),
  };
}
