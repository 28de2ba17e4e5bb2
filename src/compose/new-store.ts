import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Beside the code: what a new store is made of. */
const migrations = new URL('../store/migrations/', import.meta.url);
const packages = ['@electric-sql/pglite', '@dbos-inc/dbos-sdk'];

/**
 * Puts an embedded store in which nothing has happened yet into `dataDir`, for a simulated Muster to open: making one
 * takes seconds, copying one does not. The one to copy is kept in the folder `cache` until what it is made of changes.
 */
export async function copyNewStore(cache: string, dataDir: string): Promise<void> {
  const made = join(cache, `new-store-${await fingerprint()}`);
  if (!existsSync(made)) await make(cache, made);
  await cp(join(made, 'store'), join(dataDir, 'store'), { recursive: true });
}

/** Beside it and then renamed, so that nobody copies half a store, also when two begin at once. */
async function make(cache: string, made: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const half = await mkdtemp(`${made}.`);
  try {
    // Whoever only copies does without what it takes to make one.
    const { makeStore } = await import('./make-store.ts');
    await makeStore(half);
    await rename(half, made);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    if (!existsSync(made)) throw error;
  }
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(migrations)).toSorted()) hash.update(await readFile(new URL(name, migrations)));
  for (const name of packages) hash.update(await readFile(packageFile(name)));
  return hash.digest('hex').slice(0, 16);
}

function packageFile(name: string): URL {
  const entry = import.meta.resolve(name);
  return new URL(`${entry.slice(0, entry.lastIndexOf(name))}${name}/package.json`);
}
