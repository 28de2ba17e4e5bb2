import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = new URL('../../', import.meta.url);
const cache = new URL('node_modules/.cache/muster-store/', root);

/** Before all tests: a store to begin with a copy of, because a database takes seconds to be made. Kept until what makes it changes. */
export default async function makeStore() {
  const made = new URL(`${await fingerprint()}/`, cache);
  if (!existsSync(made)) await make(made);
  process.env.MUSTER_MADE_STORE = fileURLToPath(made);
}

async function make(made) {
  await rm(cache, { recursive: true, force: true });
  const half = new URL('half/', cache);
  const script = new URL('make-store.ts', import.meta.url);
  const importing = fileURLToPath(new URL('run-ts.mjs', import.meta.url));
  await promisify(execFile)(process.execPath, ['--import', importing, fileURLToPath(script), fileURLToPath(half)]);
  await rename(half, made);
}

async function fingerprint() {
  const migrations = new URL('src/store/migrations/', root);
  const files = (await readdir(migrations)).toSorted().map((name) => new URL(name, migrations));
  const hash = createHash('sha256');
  for (const file of [new URL('package-lock.json', root), ...files]) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}
