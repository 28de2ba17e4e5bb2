import type { Pool, PoolClient } from 'pg';
import type { Fact } from '../domain/facts.ts';
import type { AuditEntry, Tx } from '../domain/ports/store.ts';
import { isMeeting, isOutage, readFailure, StoreUnreachable } from './failures.ts';
import { assertOutsideTx, runInsideTx, runOutsideTx } from './guard.ts';

/** Handles a fact inside the transaction in which it became true; what it throws rolls all back. */
export type Subscriber = (tx: Tx, fact: Fact) => Promise<void>;

/** Hears of each entry of the audit log once it is committed. */
export type Audited = (entry: AuditEntry) => void;

/** `rows` come first: no transaction that holds the log's `tail` waits for a row. */
type Turn = 'rows' | 'tail';

interface Inside {
  client: PoolClient;
  ended: boolean;
  beforeCommit: Record<Turn, (() => Promise<void>)[]>;
  afterCommit: (() => void)[];
  audited: Audited;
}

const insides = new WeakMap<Tx, Inside>();

/** The connection of an open transaction: for src/durable alone. */
export function clientOf(tx: Tx): PoolClient {
  return insideOf(tx).client;
}

/** Runs `hook` as the transaction's last work, in the order of asking within its turn. What it throws rolls all back. */
export function beforeCommit(tx: Tx, turn: Turn, hook: () => Promise<void>): void {
  insideOf(tx).beforeCommit[turn].push(hook);
}

/** To be told once this transaction has committed. */
export function noteAudited(tx: Tx, entry: AuditEntry): void {
  const { audited, afterCommit } = insideOf(tx);
  afterCommit.push(() => audited(entry));
}

/** How often `work` is begun again where the server gave way to another transaction with which it had met. */
const attempts = 5;

/**
 * One transaction on one connection: BEGIN, `work`, COMMIT; anything thrown rolls back and is thrown on. Where two
 * transactions wait for each other the server ends one of them, whose `work` is then done again from its beginning.
 */
export async function runTx<T>(
  pool: Pool,
  subscribers: readonly Subscriber[],
  work: (tx: Tx) => Promise<T>,
  audited: Audited = ignore,
): Promise<T> {
  assertOutsideTx('store.tx');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptTx(pool, subscribers, work, audited);
    } catch (error) {
      if (attempt === attempts || !isMeeting(error)) throw error;
    }
  }
}

async function attemptTx<T>(
  pool: Pool,
  subscribers: readonly Subscriber[],
  work: (tx: Tx) => Promise<T>,
  audited: Audited,
): Promise<T> {
  const client = await pool.connect().catch(throwOutage);
  // A connection that dies while it is held also emits; its query is what reports it.
  client.on('error', ignore);
  const inside: Inside = { client, ended: false, beforeCommit: { rows: [], tail: [] }, afterCommit: [], audited };
  const tx = createTx(inside, subscribers);
  try {
    await client.query('begin');
    const result = await runInsideTx(() => workAndHooks(inside, tx, work));
    await commit(client);
    release(inside);
    runAfterCommit(inside.afterCommit);
    return result;
  } catch (error) {
    const failed = inside.ended ? undefined : await rollBack(client);
    release(inside, failed);
    return throwOutage(error);
  }
}

async function workAndHooks<T>(inside: Inside, tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await work(tx);
  const { rows, tail } = inside.beforeCommit;
  for (const hook of rows) await hook();
  for (const hook of tail) await hook();
  return result;
}

function createTx(inside: Inside, subscribers: readonly Subscriber[]): Tx {
  const tx: Tx = {
    async query<Row>(text: string, values: readonly unknown[] = []) {
      if (inside.ended) throw new Error('This transaction has ended: await everything that store.tx was given to do.');
      const result = await inside.client.query(text, [...values]);
      return result.rows as Row[];
    },
    async tell(fact) {
      for (const subscriber of subscribers) await subscriber(tx, fact);
    },
    afterCommit(hook) {
      inside.afterCommit.push(hook);
    },
  };
  insides.set(tx, inside);
  return tx;
}

/** A statement that failed and was caught leaves a transaction that the server quietly rolls back at COMMIT. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command === 'COMMIT') return;
  throw new Error('The transaction was rolled back, because a statement in it had failed and its error was swallowed.');
}

async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function release(inside: Inside, failed?: Error): void {
  if (inside.ended) return;
  inside.ended = true;
  inside.client.removeListener('error', ignore);
  inside.client.release(failed);
}

function runAfterCommit(hooks: readonly (() => void)[]): void {
  for (const hook of hooks) {
    try {
      runOutsideTx(hook);
    } catch (error) {
      // It has committed: a nudge that fails must not look like a rollback.
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}

function throwOutage(error: unknown): never {
  if (!isOutage(error)) throw error;
  const { code, message } = readFailure(error);
  throw new StoreUnreachable(`The database does not answer (${message || code}).`, { cause: error });
}

function insideOf(tx: Tx): Inside {
  const inside = insides.get(tx);
  if (inside && !inside.ended) return inside;
  throw new Error(inside ? 'This transaction has ended.' : 'This is not a transaction of an open store.');
}

function ignore(): void {}
