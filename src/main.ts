import { realFarEnds } from './compose/far-ends.ts';
import { loadAll, warnOfLoaded } from './compose/load.ts';
import { createLog } from './compose/log.ts';
import { sayWhyNot, signalled, stopOnSignal } from './compose/run.ts';
import { serveMuster } from './compose/serve.ts';
import { knownSecrets } from './config/known-secrets.ts';
import { readProcessSettings } from './config/process-env.ts';
import type { Settings } from './config/settings.ts';
import { readSlackMode } from './config/slack-mode.ts';
import type { SlackMode } from './slack/options.ts';

/** `npm run serve`: the real app, until its exit code. What is missing or wrong ends the start with a sentence. */
async function main(): Promise<0 | 1> {
  const settings = readProcessSettings();
  const mode = slackMode(settings);
  const loaded = await loadAll(settings.homeDir);
  const log = createLog(settings.logLevel, { stream: 'stdout', secrets: knownSecrets(settings, loaded) });
  warnOfLoaded(log, loaded);
  const ends = realFarEnds(settings, loaded.home);
  const signal = signalled();
  const serving = await serveMuster({ settings, ...loaded, ends, log, mode, onLost: () => process.exit(1) });
  log.info(
    { port: serving.port, system: loaded.home.system.name, store: serving.muster.store.kind },
    'Muster is serving',
  );
  return stopOnSignal(serving, signal, log);
}

function slackMode(settings: Settings): SlackMode {
  const read = readSlackMode(settings);
  const { port } = settings;
  if (read.mode === 'http') return { kind: 'http', port, botToken: read.botToken, signingSecret: read.signingSecret };
  return { kind: 'socket', port, botToken: read.botToken, appToken: read.appToken };
}

try {
  process.exit(await main());
} catch (error) {
  sayWhyNot(error);
  process.exit(1);
}
