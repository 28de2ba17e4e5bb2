import type {
  RestoreTableFromBackupCommandInput,
  RestoreTableFromBackupCommandOutput,
  RestoreTableToPointInTimeCommandInput,
  RestoreTableToPointInTimeCommandOutput,
  SSESpecification,
} from '@aws-sdk/client-dynamodb';
import { isDark, mint, schedule } from '../model.ts';
import { effect, type Operations, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { toTableDescription } from './describe.ts';
import { backupArn, findTable, needBackup, needTable } from './find.ts';
import { itemsOf, itemsUntil } from './items.ts';
import { recoveryWindow } from './recovery-window.ts';
import { bareSettings, type Contents, contentsOf, digest, type Restore, type Table } from './state.ts';

const named = (input: { TargetTableName: string | undefined }): string => `dynamodb:${input.TargetTableName}`;

/** Both are called in the Region of the new table, which lacks whatever a restore leaves out. */
export const restoreOperations: Operations = {
  RestoreTableFromBackup: effect<RestoreTableFromBackupCommandInput, RestoreTableFromBackupCommandOutput>(
    named,
    (scene, input) => {
      const free = needFreeName(scene, input.TargetTableName);
      const backup = needBackup(scene.state, input.BackupArn);
      needReach(scene, backup.region, input.SSESpecificationOverride);
      if (backup.status !== 'AVAILABLE') refuse('BackupInUseException', `Backup is being created: ${backup.name}`);
      const { region, createdAt: to } = backup;
      const source = {
        sourceTable: { region, name: backup.of.name },
        sourceBackup: backupArn(scene.state, backup),
        to,
      };
      return begin(scene, free, backup.of, source, input.SSESpecificationOverride);
    },
  ),
  RestoreTableToPointInTime: effect<RestoreTableToPointInTimeCommandInput, RestoreTableToPointInTimeCommandOutput>(
    named,
    (scene, input) => {
      const free = needFreeName(scene, input.TargetTableName);
      const source = needSource(scene, input);
      const to = instantOf(scene, source, input);
      const contents = contentsOf(source, itemsUntil(itemsOf(scene.state, source), to));
      const { region, name } = source;
      const of = { sourceTable: { region, name }, sourceBackup: null, to };
      return begin(scene, free, contents, of, input.SSESpecificationOverride);
    },
  ),
};

export function needFreeName({ state, region }: Scene, name: string | undefined): string {
  const there = findTable(state, region, name);
  if (there?.status === 'CREATING' || there?.status === 'DELETING') {
    refuse('TableInUseException', `Table is ${there.status}: ${name}`);
  }
  if (there) refuse('TableAlreadyExistsException', `Table already exists: ${name}`);
  if (!name || !/^[\w.-]{3,255}$/.test(name)) refuse('ValidationException', `Invalid table name: ${name}`);
  return name;
}

/** Another Region than the new table's has to be up, and its keys cannot be used. */
function needReach(scene: Scene, from: string, encryption: SSESpecification | undefined): void {
  if (from === scene.region) return;
  if (isDark(scene.state, from)) refuse('InternalServerError', `The data in ${from} cannot be read.`, 500);
  if (!encryption)
    refuse('ValidationException', 'SSESpecificationOverride is required for a restore from another Region');
}

/** By name in this Region, by ARN in any. */
function needSource(scene: Scene, input: RestoreTableToPointInTimeCommandInput): Table {
  const region = input.SourceTableArn?.split(':')[3] ?? scene.region;
  const named = input.SourceTableArn ?? input.SourceTableName;
  const source = needTable({ state: scene.state, region }, named, 'TableNotFoundException');
  needReach(scene, region, input.SSESpecificationOverride);
  return source;
}

function instantOf({ state }: Scene, source: Table, input: RestoreTableToPointInTimeCommandInput): number {
  const window = recoveryWindow(state, source);
  if (!window) {
    const why = `Point in time recovery is not enabled for table '${source.name}'`;
    refuse('PointInTimeRecoveryUnavailableException', why);
  }
  if (input.UseLatestRestorableTime) return window.latest;
  const at = input.RestoreDateTime?.getTime();
  if (at === undefined) refuse('ValidationException', 'Expected RestoreDateTime or UseLatestRestorableTime');
  if (at < window.earliest || at > window.latest) {
    refuse('InvalidRestoreTimeException', `The restore time ${new Date(at).toISOString()} is outside the window`);
  }
  return at;
}

function begin(
  { state, region }: Scene,
  name: string,
  of: Contents,
  source: Omit<Restore, 'inProgress'>,
  encryption: SSESpecification | undefined,
) {
  const { restoreMs } = state.estate.dynamoDb.timings;
  const table: Table = {
    ...structuredClone(of),
    region,
    name,
    id: digest(mint(state, 32)),
    createdAt: state.at,
    status: 'CREATING',
    indexes: of.indexes.map((index) => ({ ...index, status: 'CREATING' })),
    kmsKey: encryption?.Enabled ? (encryption.KMSMasterKeyId ?? 'alias/aws/dynamodb') : of.kmsKey,
    ...bareSettings(state.at),
    restore: { ...source, inProgress: true },
  };
  state.dynamoDb.tables.push(table);
  schedule(state, restoreMs, 'dynamoDb.next', table.id, 'created');
  return { TableDescription: toTableDescription(state, table) };
}
