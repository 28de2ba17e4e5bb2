import type {
  CreateDBInstanceReadReplicaCommandInput,
  CreateDBInstanceReadReplicaCommandOutput,
  DeleteDBInstanceCommandInput,
  DeleteDBInstanceCommandOutput,
  ModifyDBInstanceCommandInput,
  ModifyDBInstanceCommandOutput,
  PromoteReadReplicaCommandInput,
  PromoteReadReplicaCommandOutput,
  RebootDBInstanceCommandInput,
  RebootDBInstanceCommandOutput,
  StartDBInstanceCommandInput,
  StartDBInstanceCommandOutput,
  StopDBInstanceCommandInput,
  StopDBInstanceCommandOutput,
} from '@aws-sdk/client-rds';
import { findDatabase } from '../model.ts';
import { effect, type Operations, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Database } from '../state.ts';
import { isServing } from './lag.ts';
import { modifyDatabase } from './modify.ts';
import { regionDefaults } from './network.ts';
import { mintResourceId, toDBInstance } from './shape.ts';
import { beginWork, needAvailable, needDatabase, noteEvent } from './work.ts';

const named = (input: { DBInstanceIdentifier: string | undefined }): string => `rds:${input.DBInstanceIdentifier}`;

export const databaseChanges: Operations = {
  PromoteReadReplica: effect<PromoteReadReplicaCommandInput, PromoteReadReplicaCommandOutput>(named, promote),
  CreateDBInstanceReadReplica: effect<
    CreateDBInstanceReadReplicaCommandInput,
    CreateDBInstanceReadReplicaCommandOutput
  >(named, createReplica),
  ModifyDBInstance: effect<ModifyDBInstanceCommandInput, ModifyDBInstanceCommandOutput>(named, (scene, input) =>
    modifyDatabase(scene, needDatabase(scene.state, scene.region, input.DBInstanceIdentifier), input),
  ),
  RebootDBInstance: effect<RebootDBInstanceCommandInput, RebootDBInstanceCommandOutput>(named, (scene, input) =>
    work(scene, input.DBInstanceIdentifier, (database) => {
      needAvailable(scene.state, database);
      const forMs = scene.state.estate.timings.databaseModifyingMs;
      beginWork(scene.state, database, 'reboot', [{ status: 'rebooting', forMs }]);
    }),
  ),
  StopDBInstance: effect<StopDBInstanceCommandInput, StopDBInstanceCommandOutput>(named, (scene, input) =>
    work(scene, input.DBInstanceIdentifier, (database) => stop(scene, database)),
  ),
  StartDBInstance: effect<StartDBInstanceCommandInput, StartDBInstanceCommandOutput>(named, (scene, input) =>
    work(scene, input.DBInstanceIdentifier, (database) => start(scene, database)),
  ),
  DeleteDBInstance: effect<DeleteDBInstanceCommandInput, DeleteDBInstanceCommandOutput>(named, (scene, input) =>
    work(scene, input.DBInstanceIdentifier, (database) => remove(scene, database, input)),
  ),
};

function work(scene: Scene, id: string | undefined, change: (database: Database) => void) {
  const database = needDatabase(scene.state, scene.region, id);
  change(database);
  return { DBInstance: toDBInstance(scene.state, database) };
}

function promote(scene: Scene, input: PromoteReadReplicaCommandInput) {
  return work(scene, input.DBInstanceIdentifier, (database) => {
    if (!database.source) refuse('InvalidDBInstanceStateFault', `DB instance ${database.id} is not a read replica.`);
    needAvailable(scene.state, database);
    const { promoteModifyingMs, promoteRebootingMs } = scene.state.estate.timings;
    database.backupRetentionDays = input.BackupRetentionPeriod ?? Math.max(1, database.backupRetentionDays);
    if (input.PreferredBackupWindow) database.backupWindow = input.PreferredBackupWindow;
    noteEvent(scene.state, database, 'Promotion of the read replica was requested.', 'read replica');
    beginWork(scene.state, database, 'promote', [
      { status: 'modifying', forMs: promoteModifyingMs },
      { status: 'rebooting', forMs: promoteRebootingMs },
    ]);
  });
}

/** Called in the Region of the new replica; the source is named by ARN across Regions. */
function createReplica(scene: Scene, input: CreateDBInstanceReadReplicaCommandInput) {
  const { state, region } = scene;
  const id = input.DBInstanceIdentifier ?? '';
  if (findDatabase(state, region, id)) refuse('DBInstanceAlreadyExistsFault', `DB instance ${id} already exists.`);
  const source = needSource(scene, input.SourceDBInstanceIdentifier ?? '');
  if (source.region !== region && !input.KmsKeyId) {
    refuse(
      'InvalidParameterCombination',
      'A replica of an encrypted instance of another Region needs a KmsKeyId of its own.',
    );
  }
  const neighbour = state.estate.databases.find((spec) => spec.region === region);
  const replica: Database = {
    ...structuredClone(source),
    region,
    id,
    resourceId: mintResourceId(state),
    securityGroups: input.VpcSecurityGroupIds ?? [regionDefaults.securityGroup],
    sealedAt: null,
    restartedAt: state.at,
    label: neighbour?.label ?? source.label,
    instanceClass: input.DBInstanceClass ?? source.instanceClass,
    damage: [],
    backupRetentionDays: 0,
    multiAz: input.MultiAZ ?? false,
    deletionProtection: input.DeletionProtection ?? false,
    createdAt: state.at,
    source: { region: source.region, id: source.id },
    silent: null,
    tags: Object.fromEntries((input.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
    pendingValues: {},
    events: [],
  };
  state.databases.push(replica);
  beginWork(state, replica, 'create', [{ status: 'creating', forMs: state.estate.timings.replicaCreatingMs }]);
  return { DBInstance: toDBInstance(state, replica) };
}

function needSource(scene: Scene, name: string): Database {
  const parts = name.split(':');
  const region = parts.length > 1 ? (parts[3] ?? '') : scene.region;
  const source = needDatabase(scene.state, region, parts.at(-1));
  if (source.backupRetentionDays === 0) {
    refuse('InvalidDBInstanceStateFault', `Automated backups are not enabled on the source ${source.id}.`);
  }
  if (!isServing(scene.state, source)) {
    refuse('InvalidDBInstanceStateFault', `The source ${source.id} in ${region} cannot be read from now.`);
  }
  return source;
}

function stop(scene: Scene, database: Database): void {
  needAvailable(scene.state, database);
  const hasReplica = scene.state.databases.some(
    (other) => other.source?.region === database.region && other.source.id === database.id,
  );
  if (database.source || hasReplica) {
    const role = database.source ? 'is a read replica' : 'has a read replica';
    refuse('InvalidDBInstanceStateFault', `DB instance ${database.id} ${role}, so it cannot be stopped.`);
  }
  const forMs = scene.state.estate.timings.databaseStoppingMs;
  beginWork(scene.state, database, 'stop', [{ status: 'stopping', forMs }]);
}

function start(scene: Scene, database: Database): void {
  if (database.status !== 'stopped') {
    refuse(
      'InvalidDBInstanceStateFault',
      `DB instance ${database.id} is ${database.status}; only a stopped one starts.`,
    );
  }
  const forMs = scene.state.estate.timings.databaseStoppingMs;
  beginWork(scene.state, database, 'start', [{ status: 'starting', forMs }]);
}

function remove(scene: Scene, database: Database, input: DeleteDBInstanceCommandInput): void {
  if (database.deletionProtection) {
    refuse('InvalidParameterCombination', `Cannot delete ${database.id} while its deletion protection is on.`);
  }
  if (database.status === 'creating' || database.status === 'deleting') {
    refuse('InvalidDBInstanceStateFault', `DB instance ${database.id} is ${database.status}.`);
  }
  if (!database.source && !input.SkipFinalSnapshot && !input.FinalDBSnapshotIdentifier) {
    refuse('InvalidParameterCombination', 'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is set.');
  }
  const forMs = scene.state.estate.timings.databaseStoppingMs;
  beginWork(scene.state, database, 'delete', [{ status: 'deleting', forMs }]);
}
