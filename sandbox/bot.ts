import { randomIds } from '../src/clock/ids.ts';
import { createScaledClock } from '../src/clock/scaled-clock.ts';
import { loadAll } from '../src/compose/load.ts';
import { createLog } from '../src/compose/log.ts';
import { sayWhyNot, signalled, stopOnSignal } from '../src/compose/run.ts';
import { serveMuster } from '../src/compose/serve.ts';
import { knownSecrets } from '../src/config/known-secrets.ts';
import { readVariable } from '../src/config/process-env.ts';
import { readSettings } from '../src/config/settings.ts';
import { remoteWorld, simulatedCredentials, simulatedPlugin, simulatedProbes } from '../src/sim/index.ts';
import { BotConfig, BotMessage } from './bot-config.ts';
import { commandNews } from './command-news.ts';
import { pagedHere } from './paged-here.ts';
import { startRecoveryFeed } from './recovery-feed.ts';

/** The program itself, as it is served for real; only the far ends that it is given are simulated. */
async function main(): Promise<number> {
  const config = BotConfig.parse(JSON.parse(readVariable('MUSTER_SANDBOX') ?? 'null'));
  const clock = createScaledClock({ anchor: config.clockAnchor });
  // Without its sandbox it has nobody to serve.
  process.once('disconnect', () => process.exit(0));
  if (!process.connected) process.exit(0);
  process.on('message', (message) => clock.adopt(BotMessage.parse(message).clock));
  const settings = readSettings({
    MUSTER_DATA: config.dataDir,
    MUSTER_HOME: config.homeDir,
    MUSTER_LOG_LEVEL: config.logLevel,
    SLACK_API_URL: config.slackApiUrl,
    STATUSPAGE_API_URL: config.statuspageUrl,
    STATUSPAGE_API_KEY: config.statuspageKey,
    SMTP_URL: config.smtpUrl,
    MUSTER_PAGER_SECRET: config.pager?.secret,
    DATABASE_URL: config.databaseUrl,
    MUSTER_CRASH_AT: config.crashAt,
  });
  const loaded = await loadAll(config.homeDir);
  process.send?.(commandNews(loaded.commands));
  const secrets = [config.botToken, config.signingSecret, ...knownSecrets(settings, loaded)];
  const log = createLog(settings.logLevel, { stream: 'stdout', secrets });
  const send = remoteWorld(config.worldUrl);
  const signal = signalled();
  const serving = await serveMuster({
    settings,
    ...loaded,
    home: pagedHere(loaded.home, config.pager?.url),
    ends: {
      simulated: true,
      clock,
      ids: randomIds,
      aws: { plugins: [simulatedPlugin(send)], credentials: () => simulatedCredentials },
      probes: simulatedProbes(send),
      stsUrls: [config.stsUrl],
    },
    log,
    mode: {
      kind: 'http',
      port: config.port,
      host: '127.0.0.1',
      botToken: config.botToken,
      signingSecret: config.signingSecret,
    },
    onLost: () => process.exit(1),
  });
  const feed = startRecoveryFeed({
    muster: serving.muster,
    send: (news) => process.send?.(news),
    onError: (error) => log.warn({ err: error }, 'the page could not be told how the recovery stands'),
  });
  const stop = async (): Promise<void> => {
    await feed.stop();
    await serving.stop();
  };
  return stopOnSignal({ ...serving, stop }, signal, log);
}

try {
  process.exit(await main());
} catch (error) {
  sayWhyNot(error);
  process.exit(1);
}
