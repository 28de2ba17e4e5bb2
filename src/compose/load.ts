import { join } from 'node:path';
import { catalogue } from '../actions/catalogue.ts';
import { loadTemplates } from '../broadcast/load-templates.ts';
import type { Say } from '../broadcast/sentences.ts';
import { type LoadedHome, loadHome } from '../config/home.ts';
import { shippedDir } from './shipped.ts';

/** A home with its commands and templates; throws `FaultyFiles` with every fault of its files. */
export async function loadAll(homeDir: string): Promise<LoadedHome & { say: Say }> {
  const loaded = await loadHome(homeDir, { shippedDir }, catalogue);
  const say = await loadTemplates({ homeDir: join(homeDir, 'templates'), shippedDir: join(shippedDir, 'templates') });
  return { ...loaded, say };
}
