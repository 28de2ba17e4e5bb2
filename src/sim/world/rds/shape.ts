import type { DBInstance, DBInstanceStatusInfo } from '@aws-sdk/client-rds';
import { faultOn, mint, noise } from '../model.ts';
import type { Database, State } from '../state.ts';
import { shownStatus } from './lag.ts';
import { restoreWindow } from './restore-window.ts';

export function databaseArn(state: State, at: { region: string; id: string }): string {
  return `arn:aws:rds:${at.region}:${state.estate.account}:db:${at.id}`;
}

/** `db-` and what RDS makes up; that of an estate's instance is always the same. */
export function resourceIdOf(at: { region: string; id: string }): string {
  return `db-${Math.floor(noise(`${at.region}/${at.id}`) * 2 ** 32)
    .toString(36)
    .toUpperCase()}`;
}

export function mintResourceId(state: State): string {
  return `db-${mint(state, 26).toUpperCase()}`;
}

export function endpointOf(database: Pick<Database, 'id' | 'label' | 'region'>): string {
  return `${database.id}.${database.label}.${database.region}.rds.amazonaws.com`;
}

/** A database as DescribeDBInstances shows it. */
export function toDBInstance(state: State, database: Database): DBInstance {
  const creating = database.status === 'creating';
  const window = restoreWindow(state, database);
  return {
    DBInstanceIdentifier: database.id,
    DBInstanceArn: databaseArn(state, database),
    DbiResourceId: database.resourceId,
    VpcSecurityGroups: database.securityGroups.map((VpcSecurityGroupId) => ({
      VpcSecurityGroupId,
      Status: database.doing?.what === 'modify' ? 'adding' : 'active',
    })),
    DBInstanceClass: database.instanceClass,
    DBInstanceStatus: shownStatus(state, database),
    Engine: 'postgres',
    EngineVersion: '16.8',
    AllocatedStorage: database.storageGb,
    StorageType: 'gp3',
    StorageEncrypted: true,
    MasterUsername: 'app',
    MultiAZ: database.multiAz,
    AvailabilityZone: `${database.region}a`,
    InstanceCreateTime: new Date(database.createdAt),
    BackupRetentionPeriod: database.backupRetentionDays,
    PreferredBackupWindow: database.backupWindow,
    DeletionProtection: database.deletionProtection,
    DBSubnetGroup: { DBSubnetGroupName: database.subnetGroup },
    DBParameterGroups: [{ DBParameterGroupName: database.parameterGroup, ParameterApplyStatus: 'in-sync' }],
    PubliclyAccessible: false,
    PendingModifiedValues: pendingValues(database),
    ReadReplicaDBInstanceIdentifiers: replicaNames(state, database),
    TagList: Object.entries(database.tags).map(([Key, Value]) => ({ Key, Value })),
    ...(creating ? {} : { Endpoint: { Address: endpointOf(database), Port: 5432 } }),
    ...(window ? { LatestRestorableTime: new Date(window.until) } : {}),
    ...(database.source ? replicaFields(state, database, database.source) : {}),
  };
}

function pendingValues(database: Database): NonNullable<DBInstance['PendingModifiedValues']> {
  const { BackupRetentionPeriod: days, MultiAZ: multi, MasterUserPassword: password } = database.pendingValues;
  return {
    ...(typeof days === 'number' ? { BackupRetentionPeriod: days } : {}),
    ...(typeof multi === 'boolean' ? { MultiAZ: multi } : {}),
    ...(password === undefined ? {} : { MasterUserPassword: '****' }),
  };
}

/** Within a Region replicas go by name, across Regions by ARN. */
function nameFrom(state: State, region: string, other: { region: string; id: string }): string {
  return other.region === region ? other.id : databaseArn(state, other);
}

function replicaNames(state: State, source: Database): string[] {
  return state.databases
    .filter((other) => other.source?.region === source.region && other.source.id === source.id)
    .map((other) => nameFrom(state, source.region, other));
}

function replicaFields(state: State, database: Database, source: { region: string; id: string }): DBInstance {
  const name = { ReadReplicaSourceDBInstanceIdentifier: nameFrom(state, database.region, source) };
  return database.status === 'creating' ? name : { ...name, StatusInfos: [replicationInfo(state, database)] };
}

function replicationInfo(state: State, database: Database): DBInstanceStatusInfo {
  const broken = faultOn(state, 'replication-broken', database);
  if (!broken) return { StatusType: 'read replication', Normal: true, Status: 'replicating' };
  return {
    StatusType: 'read replication',
    Normal: false,
    Status: 'error',
    Message: 'Replication has stopped: the replica cannot read the source’s write-ahead log.',
  };
}
