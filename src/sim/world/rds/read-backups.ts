import type {
  DBInstanceAutomatedBackup,
  DescribeDBInstanceAutomatedBackupsCommandInput,
  DescribeDBInstanceAutomatedBackupsCommandOutput,
  DescribeDBSnapshotsCommandInput,
  DescribeDBSnapshotsCommandOutput,
} from '@aws-sdk/client-rds';
import { type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { restoreWindow } from './restore-window.ts';
import { needSnapshot, toDBSnapshot } from './snapshot.ts';
import type { Snapshot } from './state.ts';
import { needDatabase } from './work.ts';

export const backupReadings: Operations = {
  DescribeDBSnapshots: reading<DescribeDBSnapshotsCommandInput, DescribeDBSnapshotsCommandOutput>(describeSnapshots),
  DescribeDBInstanceAutomatedBackups: reading<
    DescribeDBInstanceAutomatedBackupsCommandInput,
    DescribeDBInstanceAutomatedBackupsCommandOutput
  >((scene, input) => ({ DBInstanceAutomatedBackups: automatedBackups(scene, input.DBInstanceIdentifier) })),
};

/** The oldest first; an automated one is found by its name only when its type is named too. */
function describeSnapshots(scene: Scene, input: DescribeDBSnapshotsCommandInput) {
  const { state, region } = scene;
  const { DBSnapshotIdentifier: id, DBInstanceIdentifier: database, SnapshotType: type } = input;
  const isAsked = (one: Snapshot): boolean =>
    (database === undefined || one.database === database) && (type === undefined || one.type === type);
  if (id !== undefined) {
    const found = needSnapshot(scene, id);
    if (!isAsked(found) || (found.type === 'automated' && type === undefined)) {
      refuse('DBSnapshotNotFoundFault', `DBSnapshot ${id} not found.`, 404);
    }
    return { DBSnapshots: [toDBSnapshot(state, found)] };
  }
  const size = input.MaxRecords ?? 100;
  if (size < 20 || size > 100) refuse('InvalidParameterValue', `MaxRecords must be from 20 to 100, found ${size}.`);
  const from = Number(input.Marker ?? 0);
  const all = state.rds.snapshots.filter((one) => one.region === region && isAsked(one));
  const page = all.slice(from, from + size).map((one) => toDBSnapshot(state, one));
  return { DBSnapshots: page, ...(from + size < all.length ? { Marker: String(from + size) } : {}) };
}

function automatedBackups(scene: Scene, id: string | undefined): DBInstanceAutomatedBackup[] {
  const { state, region } = scene;
  const databases = id ? [needDatabase(state, region, id)] : state.databases.filter((one) => one.region === region);
  return databases.flatMap((database) => {
    const window = restoreWindow(state, database);
    if (window === null) return [];
    return {
      DBInstanceIdentifier: database.id,
      Region: region,
      Status: 'active',
      BackupRetentionPeriod: database.backupRetentionDays,
      RestoreWindow: { EarliestTime: new Date(window.from), LatestTime: new Date(window.until) },
    };
  });
}
