import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { Pool } from 'pg';

const folder = fileURLToPath(new URL('./migrations', import.meta.url));
const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Brings the tables up to date; processes that start together take turns. */
export async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runner({
      dbClient: client,
      dir: folder,
      direction: 'up',
      migrationsTable: 'migration',
      advisoryLockMode: 'wait',
      singleTransaction: true,
      logger: quiet,
    });
  } finally {
    client.release();
  }
}

function ignore(): void {}
