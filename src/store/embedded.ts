import { join } from 'node:path';
import pg from 'pg';
import type { Clock } from '../domain/ports/clock.ts';
import { type Backend, guardPool } from './backend.ts';
import { holdFolder } from './hold.ts';
import { connectTo } from './pglite-bridge.ts';
import { type EmbeddedDatabase, openDatabase } from './pglite-database.ts';
import { createSession } from './pglite-session.ts';

const connections = 20;

/**
 * Opens PGlite in `dataDir`, which this process then holds: everything that speaks to it goes through one session.
 * Throws StoreHeld. A killed process loses nothing; a power failure may, because PGlite does not wait for the disk.
 */
export async function openEmbedded(dataDir: string, clock: Pick<Clock, 'during'> = {}): Promise<Backend> {
  const hold = await holdFolder(dataDir);
  try {
    const database = holdTime(await openDatabase(join(dataDir, 'store')), clock);
    const pool = createPool(database);
    const close = async (): Promise<void> => {
      await pool.end();
      await database.close();
      await hold.release();
    };
    return { kind: 'embedded', pool, close };
  } catch (error) {
    await hold.release();
    throw error;
  }
}

/** To a clock that leaps, a process that waits for its database's thread would look idle. */
function holdTime(database: EmbeddedDatabase, { during }: Pick<Clock, 'during'>): EmbeddedDatabase {
  return during ? { ...database, execute: (messages) => during(() => database.execute(messages)) } : database;
}

function createPool(database: EmbeddedDatabase): pg.Pool {
  const session = createSession(database);
  let opened = 0;
  const pool = new pg.Pool({
    // Said here so that nothing of it is taken from PG* variables.
    ...{ host: 'embedded', user: 'postgres', database: 'postgres', password: '', ssl: false },
    max: connections,
    idleTimeoutMillis: 0,
    stream: () => {
      opened += 1;
      return connectTo(session, opened);
    },
  });
  return guardPool(pool);
}
