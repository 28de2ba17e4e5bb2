import pg from 'pg';
import type { JsonObject } from '../../domain/json.ts';
import { Json } from '../../domain/json.ts';
import type { Login, SqlProbe } from '../../domain/ports/probes.ts';
import { faultOf } from '../kit/fault.ts';
import { inTime } from '../kit/signal.ts';

/** Finds the address of a connection by its reference; rejects with a sentence when there is none. */
export type ResolveSecret = (reference: string) => Promise<string>;

/** Reads from PostgreSQL with a connection of its own, in a transaction that can change nothing. */
export function createSqlProbe(resolve: ResolveSecret): SqlProbe {
  return {
    async query(reference, text, values, { timeoutMs, ...other }) {
      const address = await resolve(reference);
      const client = clientFor(reference, address, timeoutMs, other);
      client.on('error', () => {});
      try {
        return await inTime(timeoutMs, async () => {
          await client.connect();
          await client.query('begin read only');
          const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
          return rows.map(toRow);
        });
      } catch (error) {
        throw explained(error);
      } finally {
        void client.end().catch(() => {});
      }
    },
  };
}

/** What is other than in the connection's address. */
interface Other {
  login?: Login;
  host?: string;
}

function clientFor(reference: string, address: string, timeoutMs: number, other: Other): pg.Client {
  try {
    return new pg.Client({
      connectionString: addressFor(address, other),
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
      statement_timeout: timeoutMs,
      application_name: 'muster',
    });
  } catch {
    throw new Error(`${reference} holds no PostgreSQL address, such as postgres://user@host/database`);
  }
}

/** The address decides over every other option, so another login or host has to be in it. */
function addressFor(address: string, { login, host }: Other): string {
  if (login === undefined && host === undefined) return address;
  const url = new URL(address);
  if (host !== undefined) url.hostname = host;
  if (login?.user !== undefined) url.username = encodeURIComponent(login.user);
  if (login !== undefined) url.password = encodeURIComponent(login.password);
  return url.href;
}

function explained(error: unknown): Error {
  const { code } = error as { code?: unknown };
  const refused = typeof code === 'string' && code.startsWith('28');
  return Object.assign(new Error(explain(error)), refused ? { name: 'CredentialsRefused' } : {});
}

/** Codes only, except for faults of the query: other messages may hold the user, the host or the address. */
function explain(error: unknown): string {
  const { code, message, name } = error as { code?: unknown; message?: unknown; name?: unknown };
  if (name === 'AbortError') return 'it did not answer in time';
  const text = String(message);
  if (typeof code !== 'string') {
    if (/timeout/i.test(text)) return 'it did not answer in time';
    return /terminated|closed|ended/i.test(text) ? 'it closed the connection' : 'it gave no usable answer';
  }
  if (code.startsWith('28')) return `it refused the credentials (${code})`;
  if (code === '3D000') return `there is no such database (${code})`;
  if (code === '57014') return 'the query took too long';
  if (code === '25006') return 'the query would change something, and may only read (25006)';
  if (code.startsWith('42') || code.startsWith('22')) return `the query is wrong: ${text} (${code})`;
  if (/^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]+$/.test(code)) return `it failed with SQLSTATE ${code}`;
  return faultOf({ code, message: `it failed with ${code}` }).why;
}

function toRow(row: Record<string, unknown>): JsonObject {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toJson(value)]));
}

function toJson(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return value.toString();
  const parsed = Json.safeParse(value);
  return parsed.success ? parsed.data : String(value);
}
