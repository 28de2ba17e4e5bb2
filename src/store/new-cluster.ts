import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { storeIn } from './embedded.ts';
import { openDatabase } from './pglite-database.ts';

const Package = z.object({ version: z.string() });

/**
 * Puts a database with nothing in it into `dataDir`, for a program that will open it there: making one takes PGlite
 * seconds, copying one does not. The one to copy is kept in the folder `cache`, for each version of PGlite.
 */
export async function copyNewCluster(cache: string, dataDir: string): Promise<void> {
  const made = join(cache, `new-cluster-${await pgliteVersion()}`);
  if (!existsSync(made)) await makeCluster(cache, made);
  await cp(made, storeIn(dataDir), { recursive: true });
}

/** Beside it and then renamed, so that nobody copies half a cluster, also when two begin at once. */
async function makeCluster(cache: string, made: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const half = await mkdtemp(`${made}.`);
  try {
    const database = await openDatabase(half);
    await database.close();
    await rename(half, made);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    if (!existsSync(made)) throw error;
  }
}

async function pgliteVersion(): Promise<string> {
  const file = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
  return Package.parse(JSON.parse(await readFile(file, 'utf8'))).version;
}
