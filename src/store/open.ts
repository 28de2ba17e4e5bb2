import type { Pool } from 'pg';
import type { Clock } from '../domain/ports/clock.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Backend } from './backend.ts';
import { openEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { type Purpose, stampStore } from './stamp.ts';
import { type Audited, runTx, type Subscriber } from './tx.ts';

export type { Subscriber } from './tx.ts';

export interface OpenStore extends Store {
  kind: 'postgres' | 'embedded';
  /** For src/durable; throws when used inside `tx`. */
  pool: Pool;
  /** Waits for open transactions, then lets go of the database. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** PostgreSQL; without it an embedded store in `dataDir`. */
  databaseUrl?: string;
  dataDir?: string;
  purpose: Purpose;
  subscribers: readonly Subscriber[];
  /** Told of each entry of the audit log once it is committed. */
  audited?: Audited;
  clock: Clock;
}

/**
 * Opens, migrates and stamps the store. Throws StoreUnreachable, StoreHeld or WrongPurpose, each a sentence for the
 * operator that holds no secret.
 */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const backend = await openBackend(options);
  const { subscribers, audited } = options;
  const store: OpenStore = { ...backend, tx: (work) => runTx(backend.pool, subscribers, work, audited) };
  try {
    await migrate(backend.pool);
    await store.tx((tx) => stampStore(tx, options.purpose, options.clock.now()));
    return store;
  } catch (error) {
    await backend.close();
    throw error;
  }
}

async function openBackend({ databaseUrl, dataDir, clock }: StoreOptions): Promise<Backend> {
  if (databaseUrl !== undefined) return openPostgres(databaseUrl);
  if (dataDir !== undefined) return openEmbedded(dataDir, clock);
  throw new Error('A store needs DATABASE_URL or a folder for the embedded one, and got neither.');
}
