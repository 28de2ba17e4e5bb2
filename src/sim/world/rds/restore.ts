import type {
  RestoreDBInstanceFromDBSnapshotCommandInput,
  RestoreDBInstanceFromDBSnapshotCommandOutput,
  RestoreDBInstanceToPointInTimeCommandInput,
  RestoreDBInstanceToPointInTimeCommandOutput,
} from '@aws-sdk/client-rds';
import { findDatabase, mint } from '../model.ts';
import { effect, type Operations, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Database, State } from '../state.ts';
import { knowsParameterGroup, knowsSubnetGroup, regionDefaults } from './network.ts';
import { restoreWindow } from './restore-window.ts';
import { mintResourceId, toDBInstance } from './shape.ts';
import { needSnapshot, tagsOf, takeContents } from './snapshot.ts';
import type { Contents } from './state.ts';
import { beginWork, needDatabase } from './work.ts';

export const restoreChanges: Operations = {
  RestoreDBInstanceFromDBSnapshot: effect<
    RestoreDBInstanceFromDBSnapshotCommandInput,
    RestoreDBInstanceFromDBSnapshotCommandOutput
  >((input) => `rds:${input.DBInstanceIdentifier}`, restoreSnapshot),
  RestoreDBInstanceToPointInTime: effect<
    RestoreDBInstanceToPointInTimeCommandInput,
    RestoreDBInstanceToPointInTimeCommandOutput
  >((input) => `rds:${input.TargetDBInstanceIdentifier}`, restoreToTime),
};

/** What both restores may be told; what they are not told they take from the Region, not from the source. */
type Wishes = Pick<
  RestoreDBInstanceFromDBSnapshotCommandInput,
  'DBInstanceClass' | 'DBSubnetGroupName' | 'MultiAZ' | 'VpcSecurityGroupIds' | 'DBParameterGroupName' | 'Tags'
>;

function restoreSnapshot(scene: Scene, input: RestoreDBInstanceFromDBSnapshotCommandInput) {
  const id = needFreeName(scene, input.DBInstanceIdentifier);
  const snapshot = needSnapshot(scene, input.DBSnapshotIdentifier);
  if (snapshot.status !== 'available') {
    refuse('InvalidDBSnapshotStateFault', `DBSnapshot ${snapshot.id} is ${snapshot.status}, not available.`);
  }
  return begin(scene, { id, from: snapshot.database, contents: structuredClone(snapshot.contents) }, input);
}

function restoreToTime(scene: Scene, input: RestoreDBInstanceToPointInTimeCommandInput) {
  const { state, region } = scene;
  const id = needFreeName(scene, input.TargetDBInstanceIdentifier);
  const source = needDatabase(state, region, input.SourceDBInstanceIdentifier);
  const window = restoreWindow(state, source);
  if (!window) refuse('PointInTimeRestoreNotEnabledFault', `${source.id} has no automated backups to restore from.`);
  if ((input.RestoreTime === undefined) === (input.UseLatestRestorableTime !== true)) {
    refuse('InvalidParameterCombination', 'Give either RestoreTime or UseLatestRestorableTime.');
  }
  const at = input.RestoreTime?.getTime() ?? window.until;
  if (at < window.from || at > window.until) {
    refuse('InvalidParameterValue', `The restore time ${new Date(at).toISOString()} is outside the restorable window.`);
  }
  return begin(scene, { id, from: source.id, contents: contentsAt(state, source, at) }, input);
}

function needFreeName({ state, region }: Scene, id = ''): string {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/i.test(id) || id.length > 63) {
    refuse('InvalidParameterValue', `The parameter DBInstanceIdentifier is not a valid identifier: ${id}.`);
  }
  if (findDatabase(state, region, id)) refuse('DBInstanceAlreadyExistsFault', `DB instance ${id} already exists.`);
  return id;
}

function contentsAt(state: State, database: Database, at: number): Contents {
  const now = takeContents(state, database);
  const damage = now.damage.filter((one) => one.at <= at);
  return { ...now, damage, lastWriteAt: Math.min(now.lastWriteAt, at) };
}

/** Creating, then a first backup; turning it into Multi-AZ comes after that. */
function begin(scene: Scene, made: { id: string; from: string; contents: Contents }, wishes: Wishes) {
  const { state, region } = scene;
  const groups = needGroups(scene, wishes);
  const neighbour = state.databases.find((one) => one.region === region) ?? state.databases[0];
  const label = neighbour?.label ?? mint(state, 6);
  const database: Database = {
    ...made.contents,
    ...{ region, id: made.id, label, ...groups },
    ...{ resourceId: mintResourceId(state), sealedAt: null, restartedAt: state.at },
    ...{ backupWindow: '03:00-03:30', multiAz: wishes.MultiAZ ?? false, deletionProtection: false },
    ...{ createdAt: state.at, status: 'creating', doing: null, source: null, silent: null },
    restoredFrom: made.from,
    instanceClass: wishes.DBInstanceClass ?? made.contents.instanceClass,
    ...{ tags: tagsOf(wishes.Tags), pendingValues: {}, events: [] },
  };
  state.databases.push(database);
  const { restoreCreatingMs, restoreBackingUpMs: forMs } = state.estate.timings;
  beginWork(state, database, `restore ${made.from}`, [
    { status: 'creating', forMs: restoreCreatingMs },
    { status: 'backing-up', forMs },
    ...(database.multiAz ? [{ status: 'modifying', forMs }] : []),
  ]);
  return { DBInstance: toDBInstance(state, database) };
}

function needGroups({ state, region }: Scene, wishes: Wishes) {
  const subnetGroup = wishes.DBSubnetGroupName ?? regionDefaults.subnetGroup;
  const parameterGroup = wishes.DBParameterGroupName ?? regionDefaults.parameterGroup;
  if (!knowsSubnetGroup(state, region, subnetGroup)) {
    refuse('DBSubnetGroupNotFoundFault', `DBSubnetGroup ${subnetGroup} does not exist in ${region}.`, 404);
  }
  if (!knowsParameterGroup(state, region, parameterGroup)) {
    refuse('DBParameterGroupNotFoundFault', `DBParameterGroup ${parameterGroup} does not exist in ${region}.`, 404);
  }
  return { subnetGroup, parameterGroup, securityGroups: wishes.VpcSecurityGroupIds ?? [regionDefaults.securityGroup] };
}
