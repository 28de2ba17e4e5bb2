import type { DBInstance, ModifyDBInstanceCommandInput } from '@aws-sdk/client-rds';
import { findDatabase } from '../model.ts';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Database, DatabaseWork } from '../state.ts';
import { toDBInstance } from './shape.ts';
import { beginWork, needAvailable } from './work.ts';

/** Applies at once with ApplyImmediately; otherwise the values wait for a maintenance window, as `PendingModifiedValues`. */
export function modifyDatabase(
  scene: Scene,
  database: Database,
  input: ModifyDBInstanceCommandInput,
): { DBInstance: DBInstance } {
  needAvailable(scene.state, database);
  if (input.DeletionProtection !== undefined) database.deletionProtection = input.DeletionProtection;
  if (input.PreferredBackupWindow) database.backupWindow = input.PreferredBackupWindow;
  if (input.ApplyImmediately) applyNow(scene, database, input);
  else keepForLater(database, input);
  return { DBInstance: toDBInstance(scene.state, database) };
}

function applyNow(scene: Scene, database: Database, input: ModifyDBInstanceCommandInput): void {
  const { state, region } = scene;
  const id = input.NewDBInstanceIdentifier;
  if (id && findDatabase(state, region, id)) {
    refuse('DBInstanceAlreadyExistsFault', `DB instance ${id} already exists.`);
  }
  database.backupRetentionDays = input.BackupRetentionPeriod ?? database.backupRetentionDays;
  database.multiAz = input.MultiAZ ?? database.multiAz;
  const what: DatabaseWork = id ? `rename ${id}` : 'modify';
  const forMs = state.estate.timings.databaseModifyingMs;
  const last = id ? [{ status: 'rebooting', forMs }] : [];
  beginWork(state, database, what, [{ status: id ? 'renaming' : 'modifying', forMs }, ...last]);
}

function keepForLater(database: Database, input: ModifyDBInstanceCommandInput): void {
  const { BackupRetentionPeriod, MultiAZ, NewDBInstanceIdentifier } = input;
  Object.assign(
    database.pendingValues,
    BackupRetentionPeriod === undefined ? {} : { BackupRetentionPeriod },
    MultiAZ === undefined ? {} : { MultiAZ },
    NewDBInstanceIdentifier === undefined ? {} : { NewDBInstanceIdentifier },
  );
}
