import type { DBInstance, ModifyDBInstanceCommandInput } from '@aws-sdk/client-rds';
import { findGroup } from '../ec2/state.ts';
import { findDatabase } from '../model.ts';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Database, DatabaseWork } from '../state.ts';
import { keepPassword } from './password.ts';
import { toDBInstance } from './shape.ts';
import { beginWork, needAvailable } from './work.ts';

/** Applies at once with ApplyImmediately; otherwise the values wait for a maintenance window, as `PendingModifiedValues`. */
export function modifyDatabase(
  scene: Scene,
  database: Database,
  input: ModifyDBInstanceCommandInput,
): { DBInstance: DBInstance } {
  needAvailable(scene.state, database);
  const groups = input.VpcSecurityGroupIds;
  if (groups) database.securityGroups = checkGroups(scene, groups);
  if (input.DeletionProtection !== undefined) database.deletionProtection = input.DeletionProtection;
  if (input.PreferredBackupWindow) database.backupWindow = input.PreferredBackupWindow;
  if (input.MasterUserPassword !== undefined) resetPassword(scene, database, input.MasterUserPassword);
  else if (input.ApplyImmediately || groups) applyNow(scene, database, input);
  else keepForLater(database, input);
  return { DBInstance: toDBInstance(scene.state, database) };
}

/** A new group takes effect soon, whether it is asked for at once or not; in a Region without modelled groups, any does. */
function checkGroups({ state, region }: Scene, groups: string[]): string[] {
  const modelled = state.ec2.groups.some((group) => group.region === region);
  const missing = groups.find((id) => modelled && !findGroup(state, region, id));
  if (missing !== undefined) refuse('InvalidParameterValue', `Invalid security group, groupId= ${missing}.`);
  return groups;
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

/** Soon, whether or not it is to be applied at once. */
function resetPassword({ state }: Scene, database: Database, password: string): void {
  keepPassword(database, password);
  const forMs = state.estate.timings.databaseModifyingMs;
  beginWork(state, database, 'password', [{ status: 'resetting-master-credentials', forMs }]);
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
