import type { State } from '../state.ts';
import { keepLastBackup } from './backups.ts';
import { findTable } from './find.ts';
import { removeTable } from './run-due.ts';

/** A table that is lost goes at once, whatever protects it, and does not come back when the fault is cleared. */
export function settleTables(state: State): void {
  const { struck } = state.dynamoDb;
  for (const { id, fault } of state.faults) {
    if (fault.kind !== 'table-lost' || struck.includes(id)) continue;
    struck.push(id);
    const table = findTable(state, fault.region, fault.table);
    if (!table) continue;
    keepLastBackup(state, table);
    removeTable(state, table);
  }
}
