import { catalogue } from '../actions/catalogue.ts';
import type { Templates } from '../broadcast/templates/sentences.ts';
import type { OpenMuster } from '../cli/composition.ts';
import type { PageCheck } from '../cli/terminal.ts';
import { findHomeWarnings } from '../config/find-warnings.ts';
import type { LoadedHome } from '../config/home.ts';
import type { Settings } from '../config/settings.ts';
import type { Fault } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { loadAll, loadCloud, loadHomeTemplates } from './load.ts';
import { shippedDir } from './shipped.ts';

export { catalogue };

export function loadSettingsTemplates(settings: Settings): Promise<Templates> {
  return loadHomeTemplates(settings.homeDir);
}

export async function findCloudFaults(settings: Settings): Promise<readonly Fault[]> {
  return (await loadCloud(settings.homeDir)).faults;
}

export function findSettingsWarnings(settings: Settings): Promise<readonly Fault[]> {
  return findHomeWarnings(settings.homeDir, { shippedDir }, catalogue);
}

export function loadSettingsHome(settings: Settings): Promise<LoadedHome> {
  return loadAll(settings.homeDir);
}

// Loaded when they are needed: most words go to a Muster that runs, and whoever types them waits for no engine.

export async function openMuster(settings: Settings): Promise<OpenMuster> {
  return (await import('./own-engine.ts')).openOwnEngine(settings);
}

export async function checkPage(settings: Settings, home: Home): Promise<PageCheck> {
  return (await import('./check-page.ts')).checkPage(settings, home);
}
