import { schedule } from '../model.ts';
import type { Due, State } from '../state.ts';
import { finishExport } from './exports.ts';
import { tableFault } from './find.ts';
import { finishImport } from './imports.ts';
import type { Backup, Table } from './state.ts';

const retryMs = 15_000;

/** What a table or a backup comes to by itself. */
export function runDynamoDb(state: State, due: Due): void {
  const table = state.dynamoDb.tables.find(({ id }) => id === due.subject);
  if (table) return runTable(state, table, due);
  const backup = state.dynamoDb.backups.find(({ id }) => id === due.subject);
  if (backup) return finishBackup(state, backup, due);
  const exporting = state.dynamoDb.exports.find(({ id }) => id === due.subject);
  if (exporting) return finishExport(state, exporting);
  const importing = state.dynamoDb.imports.find(({ id }) => id === due.subject);
  if (importing) finishImport(state, importing);
}

function runTable(state: State, table: Table, due: Due): void {
  if (due.detail === 'created') return endCreating(state, table, due);
  if (due.detail === 'restored') return endRestore(state, table, due);
  if (due.detail === 'indexed') return endIndexing(table);
  if (due.detail === 'gone') return removeTable(state, table);
  if (due.detail === 'updated') return endUpdate(table);
  if (due.detail.startsWith('untag ')) return untag(table, JSON.parse(due.detail.replace(/^untag /, '')) as string[]);
  Object.assign(table.tags, JSON.parse(due.detail.replace(/^tags /, '')));
}

function endCreating(state: State, table: Table, due: Due): void {
  const source = { region: table.region, name: table.restore?.sourceTable.name ?? '' };
  if (tableFault(state, 'table-restore-never-ends', source))
    return schedule(state, retryMs, due.what, due.subject, due.detail);
  const failing = tableFault(state, 'table-restore-fails', source);
  if (failing?.status === 'gone') return removeTable(state, table);
  if (failing) {
    table.status = 'INACCESSIBLE_ENCRYPTION_CREDENTIALS';
    return;
  }
  table.status = 'ACTIVE';
  schedule(state, state.estate.dynamoDb.timings.restoreFinishMs, due.what, due.subject, 'restored');
}

function endRestore(state: State, table: Table, due: Due): void {
  if (table.restore) table.restore.inProgress = false;
  schedule(state, state.estate.dynamoDb.timings.indexMs, due.what, due.subject, 'indexed');
}

function endIndexing(table: Table): void {
  for (const index of table.indexes) index.status = 'ACTIVE';
}

function endUpdate(table: Table): void {
  if (table.status === 'UPDATING') table.status = 'ACTIVE';
}

function untag(table: Table, keys: readonly string[]): void {
  table.tags = Object.fromEntries(Object.entries(table.tags).filter(([key]) => !keys.includes(key)));
}

export function removeTable(state: State, table: Table): void {
  state.dynamoDb.tables = state.dynamoDb.tables.filter((other) => other !== table);
}

function finishBackup(state: State, backup: Backup, due: Due): void {
  const stuck = tableFault(state, 'table-backup-never-ends', { region: backup.region, name: backup.of.name });
  if (stuck) return schedule(state, retryMs, due.what, due.subject, due.detail);
  backup.status = 'AVAILABLE';
}
