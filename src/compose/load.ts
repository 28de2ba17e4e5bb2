import { join } from 'node:path';
import { catalogue } from '../actions/catalogue.ts';
import { loadTemplates } from '../broadcast/templates/load-templates.ts';
import type { Templates } from '../broadcast/templates/sentences.ts';
import { type LoadedHome, loadHome } from '../config/home.ts';
import { formatFault } from '../domain/errors.ts';
import type { MusterLog } from './log.ts';
import { shippedDir } from './shipped.ts';

/**
 * A home with its commands and templates; throws `FaultyFiles` with every fault of muster.yml and the commands. Templates
 * that are broken do not keep Muster from starting: they are in `faults`.
 */
export async function loadAll(homeDir: string): Promise<LoadedHome & Templates> {
  const loaded = await loadHome(homeDir, { shippedDir }, catalogue);
  return { ...loaded, ...(await loadHomeTemplates(homeDir)) };
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
    log.warn({ fault: formatFault(fault) }, 'a template is broken; the shipped one stands in');
}
