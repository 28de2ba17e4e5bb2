import { join } from 'node:path';
import type { OpenMuster } from '../cli/composition.ts';
import { knownSecrets } from '../config/known-secrets.ts';
import type { Settings } from '../config/settings.ts';
import { startControlServer } from '../http/control-server.ts';
import { realFarEnds } from './far-ends.ts';
import { loadAll } from './load.ts';
import { createLog } from './log.ts';
import { openMuster } from './open-muster.ts';
import { identifier, wordsOf } from './words.ts';

/**
 * A whole engine in this process, for when nobody else holds the store: words to Slack wait until somebody serves it.
 * Other terminals speak to it through its socket for as long as it is open.
 */
export async function openOwnEngine(settings: Settings): Promise<OpenMuster> {
  const loaded = await loadAll(settings.homeDir);
  const ends = realFarEnds(settings, loaded.home);
  const level = settings.logLevel === 'info' ? 'warn' : settings.logLevel;
  const log = createLog(level, { secrets: knownSecrets(settings, loaded) });
  const muster = await openMuster({ settings, ...loaded, ends, log, onLost: () => process.exit(1) });
  muster.broadcast.start();
  const words = wordsOf(muster, ends.clock);
  const identify = identifier(muster, ends);
  const socket = join(settings.dataDir, 'control.sock');
  const onError = (error: unknown): void => log.error({ err: error }, 'a word from another terminal failed');
  const control = await startControlServer({ socket, handle: words, identify, onError }).catch(
    async (error: unknown) => {
      await muster.stop();
      throw error;
    },
  );
  const close = async (): Promise<void> => {
    await control.stop();
    await muster.stop();
  };
  return { words, identify, close };
}
