import type { DBSnapshot } from '@aws-sdk/client-rds';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Database, State } from '../state.ts';
import { newestDataAt } from './lag.ts';
import type { Contents, Snapshot } from './state.ts';

export function snapshotKey({ region, id }: Pick<Snapshot, 'region' | 'id'>): string {
  return `${region}/${id}`;
}

export function snapshotArn(state: State, { region, id }: Pick<Snapshot, 'region' | 'id'>): string {
  return `arn:aws:rds:${region}:${state.estate.account}:snapshot:${id}`;
}

export function findSnapshot(state: State, region: string, id: string): Snapshot | undefined {
  return state.rds.snapshots.find((snapshot) => snapshot.region === region && snapshot.id === id);
}

/** The snapshot of this name or ARN, which must be of the Region that is asked. */
export function needSnapshot({ state, region }: Scene, name: string | undefined): Snapshot {
  const found = state.rds.snapshots.find(
    (one) => one.region === region && (one.id === name || snapshotArn(state, one) === name),
  );
  return found ?? refuse('DBSnapshotNotFoundFault', `DBSnapshot ${name} not found.`, 404);
}

export function needNewSnapshot({ state, region }: Scene, id: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/i.test(id)) {
    refuse('InvalidParameterValue', `The parameter DBSnapshotIdentifier is not a valid identifier: ${id}.`);
  }
  if (findSnapshot(state, region, id)) {
    refuse('DBSnapshotAlreadyExistsFault', `Cannot create the snapshot: one of the name ${id} already exists.`);
  }
}

/** What a copy of a database as it is now has in it. */
export function takeContents(state: State, database: Database): Contents {
  const { instanceClass, storageGb, backupRetentionDays, tables, damage, password } = database;
  const lastWriteAt = newestDataAt(state, database);
  const contents = { instanceClass, storageGb, backupRetentionDays, tables, damage, lastWriteAt };
  return structuredClone(password === undefined ? contents : { ...contents, password });
}

export function tagsOf(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined) {
  return Object.fromEntries((tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']));
}

/** A snapshot as DescribeDBSnapshots shows it: its times only once it has ended. */
export function toDBSnapshot(state: State, snapshot: Snapshot): DBSnapshot {
  const { region, id, database, type, status, contents, copyOf, tags } = snapshot;
  const lasts = snapshot.readyAt - snapshot.begunAt;
  const done = lasts > 0 ? Math.min(1, (state.at - snapshot.begunAt) / lasts) : 1;
  return {
    DBSnapshotIdentifier: id,
    DBSnapshotArn: snapshotArn(state, { region, id }),
    DBInstanceIdentifier: database,
    SnapshotType: type,
    Status: status,
    PercentProgress: status === 'available' ? 100 : Math.floor(done * 100),
    Engine: 'postgres',
    EngineVersion: '16.8',
    AllocatedStorage: contents.storageGb,
    Encrypted: true,
    KmsKeyId: snapshot.kmsKey,
    TagList: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    ...(copyOf ? { SourceRegion: copyOf.region, SourceDBSnapshotIdentifier: snapshotArn(state, copyOf) } : {}),
    ...(status !== 'creating'
      ? { SnapshotCreateTime: new Date(snapshot.readyAt), OriginalSnapshotCreateTime: new Date(snapshot.takenAt) }
      : {}),
  };
}
