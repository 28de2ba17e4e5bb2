import { findDatabase, isDark } from '../model.ts';
import { type Operations, reading, type Scene } from '../operation.ts';
import { isServing } from '../rds/lag.ts';
import { admitsClients } from '../rds/sealing.ts';
import { endpointOf } from '../rds/shape.ts';
import { refuse } from '../refuse.ts';
import type { Database } from '../state.ts';
import { createReader, evaluate, type Reader } from './evaluate.ts';
import { type SqlScene, showSetting } from './functions.ts';
import { splitTokens, type Token } from './tokens.ts';
import { toShown } from './values.ts';

export interface SqlQuery {
  reference: string;
  text: string;
  values: readonly unknown[];
  login?: { user?: string | undefined; password: string } | undefined;
  /** Asked instead of the host that the connection names. */
  host?: string | undefined;
}

type Row = Record<string, string | number | boolean | null>;

const writes = new Set(['insert', 'update', 'delete', 'create', 'drop', 'alter', 'truncate']);

export const sqlOperations: Operations = { query: reading<SqlQuery, { rows: Row[] }>(runQuery) };

function runQuery(scene: Scene, input: SqlQuery): { rows: Row[] } {
  const database = connect(scene, input);
  const tokens = splitTokens(input.text);
  const verb = tokens[0]?.value ?? '';
  const table = tableOf(tokens);
  const sql: SqlScene = { state: scene.state, database, parameters: input.values, table };
  if (writes.has(verb)) return { rows: write(database, verb) };
  if (verb === 'show') return { rows: [showRow(sql, tokens)] };
  if (verb === 'select') return { rows: [select(sql, tokens)] };
  return refuse('PostgresError', `the simulated database answers select, show and writes, not "${verb}"`);
}

function connect(scene: Scene, query: SqlQuery): Database {
  const { login } = query;
  const database = databaseOf(scene, query);
  const host = endpointOf(database);
  if (isDark(scene.state, database.region)) refuse('ETIMEDOUT', `connect ETIMEDOUT ${host}:5432`, 0);
  if (!admitsClients(scene.state, database)) refuse('ETIMEDOUT', `connect ETIMEDOUT ${host}:5432`, 0);
  if (!isServing(scene.state, database)) refuse('ECONNREFUSED', `connect ECONNREFUSED ${host}:5432`, 0);
  if (login && database.password !== undefined && login.password !== database.password) {
    refuse('CredentialsRefused', 'it refused the credentials (28P01)');
  }
  return database;
}

function databaseOf({ state }: Scene, { reference, host }: SqlQuery): Database {
  const { connections } = state.estate;
  const at = Object.hasOwn(connections, reference) ? connections[reference] : undefined;
  if (!at) refuse('ENOTFOUND', `No simulated database goes by the reference ${reference}.`, 0);
  if (host !== undefined) {
    const named = state.databases.find((one) => endpointOf(one) === host);
    return named ?? refuse('ENOTFOUND', `getaddrinfo ENOTFOUND ${host}`, 0);
  }
  const found = findDatabase(state, at.region, at.id);
  return found ?? refuse('ENOTFOUND', `The database ${at.id} does not exist in ${at.region}.`, 0);
}

function write(database: Database, verb: string): Row[] {
  if (database.source) refuse('PostgresError', `cannot execute ${verb.toUpperCase()} in a read-only transaction`);
  return [];
}

function showRow(sql: SqlScene, tokens: readonly Token[]): Row {
  const name = tokens[1]?.value ?? '';
  return { [name]: showSetting(sql, name) };
}

function tableOf(tokens: readonly Token[]): string | null {
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.value === '(') depth += 1;
    if (token.value === ')') depth -= 1;
    if (depth === 0 && token.kind === 'word' && token.value === 'from') return tokens[at + 1]?.value ?? null;
  }
  return null;
}

function select(sql: SqlScene, tokens: readonly Token[]): Row {
  const reader = createReader(tokens.slice(1));
  const row: Row = {};
  do {
    const value = toShown(evaluate(reader, sql));
    row[readAlias(reader)] = value;
  } while (reader.takeIf(','));
  if (reader.takeIf('from')) reader.take();
  const rest = reader.peek();
  if (rest.kind !== 'end')
    refuse('PostgresError', `the simulated database stops at "${rest.value}": keep the query simpler`);
  return row;
}

function readAlias(reader: Reader): string {
  const { named } = reader;
  if (reader.takeIf('as')) return reader.take().value;
  const next = reader.peek();
  return next.kind === 'word' && next.value !== 'from' ? reader.take().value : named;
}
