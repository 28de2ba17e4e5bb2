import { findDatabase } from '../model.ts';
import type { Database, State } from '../state.ts';
import type { Damage } from './state.ts';

/** Damage stays with the database that it was done to, whatever that is called later, and is in every later copy of it. */
export function settleDamage(state: State): void {
  const isSet = ({ fault }: Damage): boolean => state.faults.some(({ id }) => id === fault);
  const holders = [...state.databases, ...state.rds.snapshots.map(({ contents }) => contents)];
  for (const holder of holders) holder.damage = holder.damage.filter(isSet);
  for (const { id, fault, since } of state.faults) {
    if (fault.kind !== 'rows-lost' || holders.some(({ damage }) => damage.some((one) => one.fault === id))) continue;
    const database = findDatabase(state, fault.region, fault.instance);
    if (!database || database.createdAt > since) continue;
    const at = since - fault.minutes * 60_000;
    database.damage.push({ fault: id, at, table: fault.table, rows: fault.rows });
  }
}

/** The rows of a table, or undefined where there is none of that name. */
export function rowsOf({ tables, damage }: Pick<Database, 'tables' | 'damage'>, table: string): number | undefined {
  const rows = Object.hasOwn(tables, table) ? tables[table] : undefined;
  if (rows === undefined) return undefined;
  return damage.filter((one) => one.table === table).reduce((left, one) => Math.max(0, left - one.rows), rows);
}
