import type { State } from '../state.ts';
import type { TableSpec } from './estate.ts';
import { writeExport, writeStarted } from './export-files.ts';
import { findTable } from './find.ts';
import { itemsUntil } from './items.ts';
import { backupId, digest } from './state.ts';
import type { Export } from './transfers.ts';

const hour = 3_600_000;

/** Lays the estate's exports into their buckets, as DynamoDB would have made them then. */
export function seedExports(state: State, now: number): void {
  for (const table of state.estate.dynamoDb.tables) {
    for (const spec of table.exports) seedExport(state, table, spec, now - spec.hoursAgo * hour);
  }
}

function seedExport(
  state: State,
  of: TableSpec,
  { bucket: name, prefix }: TableSpec['exports'][number],
  at: number,
): void {
  const table = findTable(state, of.region, of.name);
  const bucket = state.buckets.find((one) => one.name === name);
  if (!table || !bucket) return;
  const items = itemsUntil(table.items, at);
  const made: Export = {
    id: backupId(at, digest(`${table.id}/${prefix}/${at}`)),
    region: table.region,
    token: null,
    request: { table: table.name, bucket: name, prefix, time: null },
    tableId: table.id,
    exportTime: at,
    status: 'COMPLETED',
    startedAt: at,
    endedAt: at + state.estate.dynamoDb.timings.exportMs,
    items,
    itemCount: items.length,
    itemBytes: table.itemBytes,
    failure: null,
  };
  writeStarted(state, bucket, made);
  writeExport(state, bucket, made);
  state.dynamoDb.exports.push({ ...made, items: [] });
}
