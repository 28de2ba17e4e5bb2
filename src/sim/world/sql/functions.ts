import { noise } from '../model.ts';
import { rowsOf } from '../rds/damage.ts';
import { lagSeconds, newestDataAt } from '../rds/lag.ts';
import { refuse } from '../refuse.ts';
import type { Database, State } from '../state.ts';
import { instant, type SqlValue, toNumber, toShown, wide } from './values.ts';

/** What an expression is evaluated against. */
export interface SqlScene {
  state: State;
  database: Database;
  parameters: readonly unknown[];
  /** The table of `from`, for aggregates. */
  table: string | null;
}

type SqlFunction = (scene: SqlScene, values: SqlValue[]) => SqlValue;

const settings: Readonly<Record<string, (scene: SqlScene) => string>> = {
  transaction_read_only: readOnly,
  default_transaction_read_only: () => 'off',
  in_hot_standby: readOnly,
  server_version: () => '16.8',
  timezone: () => 'UTC',
};

function readOnly(scene: SqlScene): string {
  return scene.database.source ? 'on' : 'off';
}

export function showSetting(scene: SqlScene, name: string): string {
  const read = Object.hasOwn(settings, name) ? settings[name] : undefined;
  return read ? read(scene) : refuse('PostgresError', `unrecognized configuration parameter "${name}"`);
}

const now: SqlFunction = (scene) => instant(scene.state.at);

export const sqlFunctions: Readonly<Record<string, SqlFunction>> = {
  pg_is_in_recovery: (scene) => scene.database.source !== null,
  pg_last_xact_replay_timestamp: (scene) => {
    const replayed = lagSeconds(scene.state, scene.database) !== null;
    return replayed ? instant(newestDataAt(scene.state, scene.database)) : null;
  },
  current_setting: (scene, [name]) => showSetting(scene, String(toShown(name ?? null))),
  now,
  clock_timestamp: now,
  current_timestamp: now,
  version: () => 'PostgreSQL 16.8 (simulated)',
  current_database: () => 'app',
  inet_server_addr: (scene) => `10.0.0.${Math.floor(noise(scene.database.id) * 200) + 10}`,
  coalesce: (_scene, values) => values.find((value) => value !== null) ?? null,
  round: (_scene, [value, digits]) => {
    const factor = 10 ** (digits === undefined ? 0 : toNumber(digits));
    return value === null || value === undefined ? null : wide(Math.round(toNumber(value) * factor) / factor);
  },
  count: (scene) => wide(needTable(scene).rows),
  max: (scene) => instant(needTable(scene).newest),
};

function needTable(scene: SqlScene): { rows: number; newest: number } {
  const { database, state, table } = scene;
  const name = table?.replace(/^public\./, '') ?? '';
  const rows = rowsOf(database, name);
  if (rows === undefined) refuse('PostgresError', `relation "${table}" does not exist`);
  return { rows, newest: newestDataAt(state, database) };
}
