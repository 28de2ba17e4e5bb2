import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';

const acme = fileURLToPath(new URL('../../examples/acme', import.meta.url));

/** The example's home, with every audience due by itself after `minutes`, and nobody called or mailed. */
export async function makeHome(minutes: number): Promise<{ dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'muster-words-'));
  await cp(acme, dir, { recursive: true });
  const file = join(dir, 'muster.yml');
  const home = parseDocument(await readFile(file, 'utf8'));
  const every = `${minutes}m`;
  home.setIn(['severities', 'P1'], home.createNode({ public_within: every, update_every: every }));
  home.setIn(['broadcasts', 'customers'], 'never');
  home.set('email', home.createNode({ from: 'dr@example.com' }));
  await writeFile(file, String(home));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
