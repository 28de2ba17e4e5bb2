import { deniesWrites } from './dynamodb/policies.ts';
import { writerTo } from './dynamodb/writers.ts';
import { resourceIdOf } from './rds/shape.ts';
import type { Bucket } from './s3/state.ts';
import type { Database, State } from './state.ts';

type Table = State['dynamoDb']['tables'][number];

/** Tables of a Region; what is wrong with their items is not said: that is for the recovery to find out. */
export function viewTables(state: State, region: string) {
  return state.dynamoDb.tables
    .filter((table) => table.region === region)
    .map((table) => ({
      name: table.name,
      status: tableStatus(state, table),
      items: table.status === 'CREATING' ? 0 : table.items.length,
      restoredFrom: table.restore?.sourceTable ?? null,
      /** By its resource policy, to whoever is not spared by name. */
      writesDenied: deniesWrites(state, table, 'anybody'),
      /** Attributes of what is written to it, now or until it was stopped; none where nobody writes. */
      written: Object.keys((writerTo(state, table) ?? firstWriter(state, table))?.spec.attributes ?? {}),
    }));
}

function firstWriter({ dynamoDb }: State, { region, name }: Table) {
  return dynamoDb.writers.find(({ home }) => home.region === region && home.name === name);
}

function tableStatus(state: State, { status, id, restore }: Table) {
  if (status === 'CREATING') return restore ? 'restoring' : 'being created';
  if (status === 'DELETING') return 'being deleted';
  if (status === 'UPDATING') return 'being changed';
  if (status !== 'ACTIVE') return 'key out of reach';
  const backingUp = state.dynamoDb.backups.some((backup) => backup.status === 'CREATING' && backup.of.id === id);
  return backingUp ? 'backing up' : 'active';
}

/** Parameters that say which table or database is the one in use, and whether that is there. */
export function viewPointers(state: State, region: string) {
  const names = dataNames(state);
  const here = [...state.dynamoDb.tables, ...state.databases].filter((one) => one.region === region);
  return state.ssm.parameters.flatMap(({ name, type, versions, region: at }) => {
    const to = at === region && type === 'String' ? nameIn(versions.at(-1)?.value ?? '') : '';
    if (!names.has(to)) return [];
    return [
      { name, to, there: here.some((one) => ('id' in one && one.id === to) || ('name' in one && one.name === to)) },
    ];
  });
}

/** The name itself, or the first part of a database's endpoint. */
function nameIn(value: string): string {
  return value.endsWith('.rds.amazonaws.com') ? (value.split('.')[0] ?? '') : value;
}

/** Of tables and databases that are there, or could be made from what is kept of them, or are connected to. */
function dataNames({ dynamoDb, databases, rds, estate }: State): Set<string> {
  return new Set([
    ...dynamoDb.tables.map(({ name }) => name),
    ...dynamoDb.backups.map(({ of }) => of.name),
    ...databases.map(({ id }) => id),
    ...rds.snapshots.map(({ database }) => database),
    ...Object.values(estate.connections).map(({ id }) => id),
  ]);
}

/** Buckets of a Region, but those that only hold a switch. */
export function viewBuckets(state: State, region: string) {
  return state.buckets
    .filter((bucket) => bucket.region === region && !bucket.taken && !isSwitch(state, bucket))
    .map(({ name, objects, replication }) => {
      const marks = Object.values(objects).map((object) => object.replication);
      const rules = (replication?.Rules ?? []).filter(({ Status }) => Status === 'Enabled');
      return {
        name,
        objects: marks.length,
        replicatesTo: rules.map(({ Destination }) => Destination?.Bucket?.replace(/^arn:aws:s3:::/, '') ?? ''),
        pending: marks.filter((mark) => mark === 'PENDING').length,
        failed: marks.filter((mark) => mark === 'FAILED').length,
        holdsExports: state.dynamoDb.exports.some(({ request }) => request.bucket === name),
      };
    });
}

function isSwitch({ healthChecks }: State, { name }: Bucket): boolean {
  return healthChecks.some(({ bucket }) => bucket === name);
}

/** What has become of a database: made from a copy, called otherwise than at first, or closed to everybody. */
export function viewFate(state: State, { id, resourceId, restoredFrom, sealedAt }: Database) {
  const first = state.estate.databases.find((spec) => resourceIdOf(spec) === resourceId);
  return {
    restoredFrom: restoredFrom ?? null,
    was: first === undefined || first.id === id ? null : first.id,
    fenced: sealedAt !== null,
  };
}

/** Databases of which a Region holds a snapshot that was made by hand. */
export function viewCopies(state: State, region: string): string[] {
  const held = state.rds.snapshots.filter((one) => one.region === region && one.type === 'manual');
  return [...new Set(held.filter(({ status }) => status === 'available').map(({ database }) => database))];
}
