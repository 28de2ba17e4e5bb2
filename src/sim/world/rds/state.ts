import type { Estate } from '../estate.ts';
import type { SnapshotSpec } from './estate.ts';

const minutes = 60_000;
export const dayMs = 24 * 60 * minutes;
/** Automated backups are taken in the database's backup window, which begins at three. */
export const backupAtMs = 3 * 60 * minutes + 5 * minutes;

/** Rows that a table lost, and when. */
export interface Damage {
  /** The fault that did it: once that is cleared, the rows are back. */
  fault: string;
  at: number;
  table: string;
  rows: number;
}

export interface RdsState {
  snapshots: Snapshot[];
}

export interface Snapshot {
  region: string;
  id: string;
  /** Identifier of the instance that it was taken of. */
  database: string;
  type: 'manual' | 'automated';
  status: 'creating' | 'available' | 'failed';
  begunAt: number;
  /** When it is to be there. */
  readyAt: number;
  /** When what is in it was taken: a copy keeps its original's. */
  takenAt: number;
  copyOf: { region: string; id: string } | null;
  kmsKey: string;
  contents: Contents;
  tags: Record<string, string>;
}

/** What comes back with a restore. */
export interface Contents {
  instanceClass: string;
  storageGb: number;
  backupRetentionDays: number;
  tables: Record<string, number>;
  damage: Damage[];
  lastWriteAt: number;
  password?: string;
}

export function buildRds(estate: Estate, at: number): RdsState {
  const snapshots = [
    ...estate.databases.flatMap((spec) => dailySnapshots(estate, spec, at)),
    ...estate.rds.snapshots.map((spec) => buildSnapshot(estate, spec, at)),
  ];
  return { snapshots: snapshots.sort((a, b) => a.readyAt - b.readyAt) };
}

export function defaultKey(estate: Pick<Estate, 'account'>, region: string): string {
  return `arn:aws:kms:${region}:${estate.account}:key/aws-rds`;
}

/** `rds:contractorlens-db-2026-03-01-03-05` */
export function automatedName(database: string, at: number): string {
  return `rds:${database}-${new Date(at).toISOString().slice(0, 16).replace(/[T:]/g, '-')}`;
}

/** The last time that the daily backup was taken, at or before an instant. */
export function lastBackupAt(at: number): number {
  return Math.floor((at - backupAtMs) / dayMs) * dayMs + backupAtMs;
}

type DatabaseSpec = Estate['databases'][number];

function dailySnapshots(estate: Estate, spec: DatabaseSpec, at: number): Snapshot[] {
  return Array.from({ length: spec.backupRetentionDays }, (_, days) => {
    const takenAt = lastBackupAt(at) - days * dayMs;
    const { region, id } = spec;
    const made = { region, id: automatedName(id, takenAt), database: id, type: 'automated' as const };
    return {
      ...made,
      ...finished(estate, region, takenAt, takenAt),
      copyOf: null,
      contents: contentsOf(spec, takenAt),
    };
  });
}

function buildSnapshot(estate: Estate, spec: SnapshotSpec, at: number): Snapshot {
  const takenAt = at - spec.takenMinutesAgo * minutes;
  const readyAt = spec.copyOf ? at - spec.copyOf.minutesAgo * minutes : takenAt;
  const database = estate.databases.find(({ id }) => id === spec.database);
  if (!database)
    throw new Error(`The snapshot ${spec.id} is of ${spec.database}, which is no database of this estate.`);
  const { region, id, type, copyOf } = spec;
  return {
    ...{ region, id, database: spec.database, type },
    ...finished(estate, region, takenAt, readyAt),
    copyOf: copyOf ? { region: copyOf.region, id: copyOf.id } : null,
    contents: contentsOf(database, takenAt),
  };
}

function finished(estate: Estate, region: string, takenAt: number, readyAt: number) {
  const kmsKey = defaultKey(estate, region);
  return { status: 'available' as const, begunAt: takenAt, readyAt, takenAt, kmsKey, tags: {} };
}

function contentsOf(spec: DatabaseSpec, takenAt: number): Contents {
  const { instanceClass, storageGb, backupRetentionDays, tables, password } = spec;
  const contents = { instanceClass, storageGb, backupRetentionDays, tables, damage: [], lastWriteAt: takenAt };
  return password === undefined ? contents : { ...contents, password };
}
