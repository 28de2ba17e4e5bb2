import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache/muster-store');
const script = fileURLToPath(new URL('make-store.ts', import.meta.url));
const importing = fileURLToPath(new URL('run-ts.mjs', import.meta.url));
/** What decides how a store is left by a first start. */
const makers = ['package-lock.json', 'src/store', 'src/durable', 'src/compose', 'test/support'];

/** Before all tests: a store to begin with a copy of, because a database takes seconds to be made. Kept until what makes it changes. */
export default async function makeStore() {
  const made = join(cache, await fingerprint());
  if (!existsSync(made)) await make(made);
  process.env.MUSTER_MADE_STORE = made;
}

/** Beside it and then renamed: another run may do the same at this moment. */
async function make(made) {
  await mkdir(cache, { recursive: true });
  const half = await mkdtemp(`${made}.`);
  try {
    await promisify(execFile)(process.execPath, ['--import', importing, script, half]);
    await rename(half, made);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    if (!existsSync(made)) throw error;
  }
}

async function fingerprint() {
  const hash = createHash('sha256');
  for (const maker of makers) for (const file of await filesIn(join(root, maker))) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

async function filesIn(path) {
  if (path.endsWith('.json')) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
