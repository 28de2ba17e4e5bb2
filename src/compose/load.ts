import { join } from 'node:path';
import { catalogue } from '../actions/catalogue.ts';
import { loadTemplates } from '../broadcast/templates/load-templates.ts';
import type { Templates } from '../broadcast/templates/sentences.ts';
import { type LoadedHome, loadHome } from '../config/home.ts';
import { type Fault, FaultyFiles, formatFault } from '../domain/errors.ts';
import type { Estate } from '../sim/index.ts';
import type { MusterLog } from './log.ts';
import { readCloud } from './read-cloud.ts';
import { shippedDir } from './shipped.ts';

export interface Loaded extends LoadedHome, Templates {
  /** What rehearsals run in; undefined where the home has none that can be read. */
  cloud: Estate | undefined;
}

/**
 * A home with its commands, templates and simulated cloud; throws `FaultyFiles` with every fault of muster.yml and the
 * commands. Templates and a cloud that are broken do not keep Muster from starting: they are in `faults`.
 */
export async function loadAll(homeDir: string): Promise<Loaded> {
  const loaded = await loadHome(homeDir, { shippedDir }, catalogue);
  const [templates, { cloud, faults }] = await Promise.all([loadHomeTemplates(homeDir), loadCloud(homeDir)]);
  return { ...loaded, ...templates, cloud, faults: [...templates.faults, ...faults] };
}

/** The home's simulated cloud, or what is wrong with it. */
export async function loadCloud(homeDir: string): Promise<{ cloud: Estate | undefined; faults: readonly Fault[] }> {
  try {
    return { cloud: await readCloud(homeDir), faults: [] };
  } catch (error) {
    if (error instanceof FaultyFiles) return { cloud: undefined, faults: error.faults };
    throw error;
  }
}

export function loadHomeTemplates(homeDir: string): Promise<Templates> {
  return loadTemplates({ homeDir: join(homeDir, 'templates'), shippedDir: join(shippedDir, 'templates') });
}

/** What was left out or replaced at the start, for whoever reads the log. */
export function warnOfLoaded(
  log: Pick<MusterLog, 'warn'>,
  { leftOut, faults }: Pick<LoadedHome & Templates, 'leftOut' | 'faults'>,
): void {
  for (const { name, faults: why } of leftOut)
    log.warn({ command: name, why: why[0]?.message }, 'a shipped command does not fit this home');
  for (const fault of faults)
    log.warn({ fault: formatFault(fault) }, 'a file of this home is broken, and Muster goes on without it');
}
