import { createHash } from 'node:crypto';
import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import type { DynamoDbEstate, TableSpec } from './estate.ts';
import { type Item, itemsUntil, makeItem } from './items.ts';
import type { Export, Import } from './transfers.ts';

/** Times are milliseconds since 1970. */
export interface DynamoDbState {
  tables: Table[];
  backups: Backup[];
  alarms: Alarm[];
  exports: Export[];
  imports: Import[];
  writers: Writer[];
  /** Faults that have already taken their table away. */
  struck: string[];
}

export interface Table {
  region: string;
  name: string;
  /** Another for each table that bears the name, one after the other. */
  id: string;
  createdAt: number;
  status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING' | 'INACCESSIBLE_ENCRYPTION_CREDENTIALS';
  partitionKey: string;
  sortKey: string | null;
  indexes: Index[];
  items: Item[];
  itemBytes: number;
  ttl: string | null;
  /** Until then its expiry is being turned on or off. */
  ttlSettlesAt: number;
  stream: TableSpec['stream'] | null;
  streamSince: number;
  /** Since when it can be restored to any time; null while point-in-time recovery is off. */
  recoverableSince: number | null;
  deletionProtection: boolean;
  kmsKey: string | null;
  tags: Record<string, string>;
  restore: Restore | null;
  policy: PolicyChange;
}

export interface Alarm {
  region: string;
  /** As it was put, but for its tags. */
  put: PutMetricAlarmCommandInput;
}

export interface Policy {
  document: string;
  revision: string;
}

/** The policy that was asked for last, and that of before, which is heeded until then. */
export interface PolicyChange {
  asked: Policy | null;
  before: Policy | null;
  until: number;
}

/** Who goes on writing items: to the table where they began, or, a function, to the one that its parameter names. */
export interface Writer {
  home: { region: string; name: string };
  function: string | null;
  spec: NonNullable<TableSpec['items']>;
  keys: Pick<Table, 'partitionKey' | 'sortKey'>;
  serial: number;
  lastAt: number;
  /** Until when what its function's stream holds was taken, and where. */
  stream: { region: string; takenUntil: number };
}

export interface Index {
  name: string;
  partitionKey: string;
  sortKey: string | null;
  status: 'CREATING' | 'ACTIVE';
}

export interface Restore {
  sourceTable: { region: string; name: string };
  sourceBackup: string | null;
  /** The instant whose contents it has. */
  to: number;
  inProgress: boolean;
}

export interface Backup {
  /** The end of its ARN. */
  id: string;
  region: string;
  name: string;
  type: 'USER' | 'SYSTEM';
  status: 'CREATING' | 'AVAILABLE';
  createdAt: number;
  /** The table as it was. */
  of: Contents;
}

export type Contents = Pick<
  Table,
  'name' | 'id' | 'createdAt' | 'partitionKey' | 'sortKey' | 'indexes' | 'items' | 'itemBytes' | 'kmsKey'
>;

const hour = 3_600_000;
const ageMs = 30 * 24 * hour;
/** A backup holds what was written until a minute before it was asked for, and maybe a little of that minute. */
export const backupSlackMs = 30_000;

export function buildDynamoDb(estate: DynamoDbEstate, at: number): DynamoDbState {
  const tables = estate.tables.map((spec) => buildTable(spec, at));
  const backups = estate.tables.flatMap((spec, index) => {
    const table = tables[index];
    return table ? spec.backups.map((backup) => buildBackup(table, backup, at)) : [];
  });
  return {
    tables,
    backups,
    alarms: estate.tables.flatMap(buildAlarms),
    exports: [],
    imports: [],
    writers: estate.tables.flatMap((spec) => buildWriter(spec, at)),
    struck: [],
  };
}

function buildTable(spec: TableSpec, at: number): Table {
  const { region, name, items } = spec;
  const count = items?.count ?? 0;
  const writtenAt = (nth: number): number => at - (count - nth) * (items?.everySeconds ?? 0) * 1_000;
  const table: Table = {
    region,
    name,
    id: digest(`${region}/${name}`),
    createdAt: at - ageMs,
    status: 'ACTIVE',
    partitionKey: spec.partitionKey,
    sortKey: spec.sortKey ?? null,
    indexes: spec.indexes.map((index) => ({ ...index, sortKey: index.sortKey ?? null, status: 'ACTIVE' })),
    items: [],
    itemBytes: items?.bytes ?? 0,
    ttl: spec.ttl ?? null,
    ttlSettlesAt: 0,
    stream: spec.stream ?? null,
    streamSince: at - ageMs,
    recoverableSince: spec.pointInTimeRecovery ? at - ageMs : null,
    deletionProtection: spec.deletionProtection,
    kmsKey: null,
    tags: spec.tags,
    restore: null,
    policy: buildPolicy(spec),
  };
  if (items)
    table.items = Array.from({ length: count }, (_, nth) => makeItem(table, items, nth + 1, writtenAt(nth + 1)));
  return table;
}

function buildPolicy({ policy: document, name }: TableSpec): PolicyChange {
  const asked = document === undefined ? null : { document, revision: digest(`${name}/${document}`) };
  return { asked, before: null, until: 0 };
}

function buildAlarms({ region, name, alarms }: TableSpec): Alarm[] {
  return alarms.map((alarm) => ({
    region,
    put: {
      AlarmName: alarm.name,
      Namespace: 'AWS/DynamoDB',
      MetricName: alarm.metric,
      Dimensions: [{ Name: 'TableName', Value: name }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 5,
      Threshold: alarm.threshold,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: alarm.actions,
    },
  }));
}

function buildWriter({ region, name, items, partitionKey, sortKey }: TableSpec, at: number): Writer[] {
  if (!items?.ingest) return [];
  const keys = { partitionKey, sortKey: sortKey ?? null };
  const begun = { serial: items.count, lastAt: at, stream: { region, takenUntil: at } };
  return [{ home: { region, name }, function: items.writer ?? null, spec: items, keys, ...begun }];
}

function buildBackup(table: Table, spec: TableSpec['backups'][number], at: number): Backup {
  const createdAt = at - spec.hoursAgo * hour;
  return {
    id: backupId(createdAt, digest(`${table.id}/${spec.name}`)),
    region: table.region,
    name: spec.name,
    type: spec.type,
    status: 'AVAILABLE',
    createdAt,
    of: contentsOf(table, itemsUntil(table.items, createdAt - backupSlackMs)),
  };
}

/** What a backup keeps of a table: its keys, its indexes and these of its items. */
export function contentsOf(table: Table, items: readonly Item[]): Contents {
  const { name, id, createdAt, partitionKey, sortKey, indexes, itemBytes, kmsKey } = table;
  return {
    name,
    id,
    createdAt,
    partitionKey,
    sortKey,
    indexes: structuredClone(indexes),
    items: [...items],
    itemBytes,
    kmsKey,
  };
}

/** What no table begins with unless it is told to, and what a new one lacks. */
export function bareSettings(at: number) {
  return {
    ttl: null,
    ttlSettlesAt: 0,
    stream: null,
    streamSince: at,
    recoverableSince: null,
    deletionProtection: false,
    tags: {},
    policy: { asked: null, before: null, until: 0 },
  } satisfies Partial<Table>;
}

export function backupId(createdAt: number, unique: string): string {
  return `${String(createdAt).padStart(14, '0')}-${unique.slice(0, 8)}`;
}

export function digest(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
