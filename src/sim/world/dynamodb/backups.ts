import type {
  BackupDetails,
  BackupSummary,
  CreateBackupCommandInput,
  CreateBackupCommandOutput,
  DescribeBackupCommandInput,
  DescribeBackupCommandOutput,
  ListBackupsCommandInput,
  ListBackupsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { mint, schedule } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import { keySchemaOf } from './describe.ts';
import { backupArn, needBackup, needTable, tableArn } from './find.ts';
import { itemsOf, itemsUntil } from './items.ts';
import { type Backup, backupId, backupSlackMs, contentsOf, type Table } from './state.ts';

const day = 24 * 3_600_000;
const pageSize = 100;

export const backupOperations: Operations = {
  CreateBackup: effect<CreateBackupCommandInput, CreateBackupCommandOutput>(
    (input) => `dynamodb:${input.TableName}`,
    createBackup,
  ),
  DescribeBackup: reading<DescribeBackupCommandInput, DescribeBackupCommandOutput>((scene, input) => {
    const backup = needBackup(scene.state, input.BackupArn);
    if (backup.region !== scene.region) refuse('BackupNotFoundException', `Backup not found: ${input.BackupArn}`);
    return { BackupDescription: describe(scene.state, backup) };
  }),
  ListBackups: reading<ListBackupsCommandInput, ListBackupsCommandOutput>(list),
};

function createBackup(scene: Scene, input: CreateBackupCommandInput): Pick<CreateBackupCommandOutput, 'BackupDetails'> {
  const { state } = scene;
  const table = needTable(scene, input.TableName, 'TableNotFoundException');
  if (table.status !== 'ACTIVE') refuse('TableInUseException', `Table is ${table.status}: ${table.name}`);
  const name = input.BackupName ?? '';
  if (!/^[\w.-]{3,255}$/.test(name)) {
    refuse('ValidationException', `Invalid backup name ${name}: expected 3 to 255 of a-z, A-Z, 0-9, '_', '-' and '.'`);
  }
  const backup = addBackup(state, table, { name, type: 'USER', status: 'CREATING', slackMs: backupSlackMs });
  schedule(state, state.estate.dynamoDb.timings.backupMs, 'dynamoDb.next', backup.id, 'backed up');
  return { BackupDetails: detailsOf(state, backup) };
}

/** A table that could be restored to any time leaves a backup of its last state when it is deleted. */
export function keepLastBackup(state: State, table: Table): void {
  if (table.recoverableSince === null) return;
  addBackup(state, table, {
    name: `${table.name}$DeletedTableBackup`,
    type: 'SYSTEM',
    status: 'AVAILABLE',
    slackMs: 0,
  });
}

function addBackup(
  state: State,
  table: Table,
  { slackMs, ...of }: Pick<Backup, 'name' | 'type' | 'status'> & { slackMs: number },
): Backup {
  const backup: Backup = {
    ...of,
    id: backupId(state.at, mint(state, 8)),
    region: table.region,
    createdAt: state.at,
    of: contentsOf(table, itemsUntil(itemsOf(state, table), state.at - slackMs)),
  };
  state.dynamoDb.backups.push(backup);
  return backup;
}

function detailsOf(state: State, backup: Backup): BackupDetails {
  return {
    BackupArn: backupArn(state, backup),
    BackupName: backup.name,
    BackupType: backup.type,
    BackupStatus: backup.status,
    BackupCreationDateTime: new Date(backup.createdAt),
    BackupSizeBytes: backup.of.items.length * backup.of.itemBytes,
    ...(backup.type === 'SYSTEM' ? { BackupExpiryDateTime: new Date(backup.createdAt + 35 * day) } : {}),
  };
}

function describe(state: State, backup: Backup) {
  const { of, region } = backup;
  return {
    BackupDetails: detailsOf(state, backup),
    SourceTableDetails: {
      TableName: of.name,
      TableId: of.id,
      TableArn: tableArn(state, { region, name: of.name }),
      TableCreationDateTime: new Date(of.createdAt),
      KeySchema: keySchemaOf(of),
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      BillingMode: 'PAY_PER_REQUEST' as const,
      ItemCount: of.items.length,
    },
  };
}

/** Oldest first, a page at a time, and without SYSTEM backups unless they are asked for. */
function list({ state, region }: Scene, input: ListBackupsCommandInput): Omit<ListBackupsCommandOutput, '$metadata'> {
  const { TableName: asked, BackupType: type = 'USER', TimeRangeLowerBound: from, TimeRangeUpperBound: until } = input;
  const name = asked?.startsWith('arn:') ? asked.split(':table/')[1] : asked;
  const all = state.dynamoDb.backups
    .filter((backup) => backup.region === region && (name === undefined || backup.of.name === name))
    .filter((backup) => type === 'ALL' || backup.type === type)
    .filter(({ createdAt: at }) => at >= (from?.getTime() ?? 0) && at < (until?.getTime() ?? Number.POSITIVE_INFINITY))
    .sort((a, b) => a.createdAt - b.createdAt);
  const begin = all.findIndex((backup) => backupArn(state, backup) === input.ExclusiveStartBackupArn) + 1;
  const page = all.slice(begin, begin + (input.Limit ?? pageSize));
  const last = page.at(-1);
  return {
    BackupSummaries: page.map((backup) => toSummary(state, backup)),
    ...(last && begin + page.length < all.length ? { LastEvaluatedBackupArn: backupArn(state, last) } : {}),
  };
}

function toSummary(state: State, backup: Backup): BackupSummary {
  const { of, region } = backup;
  return {
    ...detailsOf(state, backup),
    TableName: of.name,
    TableId: of.id,
    TableArn: tableArn(state, { region, name: of.name }),
  };
}
