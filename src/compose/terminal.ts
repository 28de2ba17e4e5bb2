import { catalogue } from '../actions/catalogue.ts';
import type { OpenMuster } from '../cli/composition.ts';
import type { LoadedHome } from '../config/home.ts';
import type { Settings } from '../config/settings.ts';
import { realFarEnds } from './far-ends.ts';
import { loadAll } from './load.ts';
import { createLog } from './log.ts';
import { openMuster as open } from './open-muster.ts';
import { identifier, wordsOf } from './words.ts';

export { catalogue };

export function loadSettingsHome(settings: Settings): Promise<LoadedHome> {
  return loadAll(settings.homeDir);
}

/** A whole engine in this process, for when nobody else holds the store: words to Slack wait until somebody serves it. */
export async function openMuster(settings: Settings): Promise<OpenMuster> {
  const loaded = await loadAll(settings.homeDir);
  const ends = realFarEnds(settings, loaded.home);
  const log = createLog(settings.logLevel === 'info' ? 'warn' : settings.logLevel);
  const muster = await open({ settings, ...loaded, ends, log, onLost: () => process.exit(1) });
  muster.broadcast.start();
  return { words: wordsOf(muster, ends.clock), identify: identifier(muster, ends), close: () => muster.stop() };
}
