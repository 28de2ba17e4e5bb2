import pg from 'pg';
import { type Backend, guardPool } from './backend.ts';
import { readFailure, StoreUnreachable } from './failures.ts';

const connections = 20;
const connectMs = 10_000;
/** A transaction that does nothing for this long belongs to a frozen process: the server ends it and frees its locks. */
const idleInTransactionMs = 5_000;

/** Connects once to see that it works. Throws StoreUnreachable with a sentence that holds no secret. */
export async function openPostgres(databaseUrl: string): Promise<Backend> {
  const place = describePlace(databaseUrl);
  const pool = createPool(databaseUrl, place);
  try {
    const client = await pool.connect();
    client.release();
  } catch (error) {
    await pool.end();
    throw new StoreUnreachable(`Cannot use ${place}: ${explain(error)}`, { cause: error });
  }
  return { kind: 'postgres', pool, close: () => pool.end() };
}

function createPool(connectionString: string, place: string): pg.Pool {
  try {
    const pool = new pg.Pool({
      connectionString,
      max: connections,
      connectionTimeoutMillis: connectMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      application_name: 'muster',
    });
    return guardPool(pool);
  } catch {
    throw new StoreUnreachable(`Cannot use ${place}: DATABASE_URL is not a PostgreSQL URL.`);
  }
}

function describePlace(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'the database that DATABASE_URL names';
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `the database ${pathname.slice(1) || '(default)'} at ${hostname || 'localhost'}:${port || '5432'}`;
}

function explain(error: unknown): string {
  const { code } = readFailure(error);
  if (code.startsWith('28')) return 'it refused the user or the password in DATABASE_URL.';
  if (code === '3D000') return 'there is no database of that name; create it first.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its host name is not known.';
  if (code === 'ECONNREFUSED') return 'nothing listens there. Is it running, and is DATABASE_URL right?';
  if (code === '57P03') return 'it is still starting. Try again in a moment.';
  return `it does not answer${code && ` (${code})`}. Is it running and reachable, and is DATABASE_URL right?`;
}
