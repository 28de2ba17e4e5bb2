import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandNews } from '../../sandbox/command-news.ts';
import { startFarEnds } from '../../sandbox/far-ends.ts';
import { pagedHere } from '../../sandbox/paged-here.ts';
import type { Stage } from '../../sandbox/play/stage.ts';
import { startRecoveryFeed } from '../../sandbox/recovery-feed.ts';
import type { RecoveryNews } from '../../sandbox/recovery-news.ts';
import { createChanges } from '../../sandbox/wire/changes.ts';
import { freePort } from '../../sandbox/wire/serve.ts';
import { randomIds } from '../../src/clock/ids.ts';
import { createScaledClock, type ScaledClock } from '../../src/clock/scaled-clock.ts';
import { loadAll } from '../../src/compose/load.ts';
import { createLog } from '../../src/compose/log.ts';
import type { Muster } from '../../src/compose/open-muster.ts';
import { serveMuster } from '../../src/compose/serve.ts';
import { shippedDir } from '../../src/compose/shipped.ts';
import { readSettings } from '../../src/config/settings.ts';
import type { Home } from '../../src/domain/home.ts';
import { simulatedCredentials, simulatedPlugin, simulatedProbes } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { copyMadeStore } from '../support/made-store.ts';

export interface OwnStage extends Stage {
  muster: Muster;
  clock: ScaledClock;
  /** The newest that the page would be told; throws before there is an incident. */
  told(): RecoveryNews;
  close(): Promise<void>;
}

/** The sandbox in this process: the far ends, and Muster as it is served, with the example's home as a test wants it and no pager. */
export async function openStage(change: (home: Home) => Home, approvals: number): Promise<OwnStage> {
  const loaded = await loadAll(join(shippedDir, 'examples/acme'));
  const home = pagedHere(change(loaded.home), undefined);
  const commands = loaded.commands.map((command) => ({ ...command, approvals }));
  const now = new Date();
  const clock = createScaledClock({ realOrigin: now, origin: now, scale: 60 });
  const farEnds = await startFarEnds({ home, clock, cloud: exampleCloud('acme'), rateLimits: false });
  const port = await freePort();
  farEnds.slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  const dataDir = await mkdtemp(join(tmpdir(), 'muster-stage-'));
  await copyMadeStore(dataDir);
  const serving = await serveMuster({
    ...loaded,
    home,
    commands,
    settings: readSettings({
      MUSTER_DATA: dataDir,
      MUSTER_HOME: join(shippedDir, 'examples/acme'),
      MUSTER_LOG_LEVEL: 'error',
      SLACK_API_URL: farEnds.slack.url,
    }),
    ends: {
      simulated: true,
      clock,
      ids: randomIds,
      aws: { plugins: [simulatedPlugin(farEnds.world.world.call)], credentials: () => simulatedCredentials },
      probes: simulatedProbes(farEnds.world.world.call),
      stsUrls: [farEnds.sts.url],
    },
    log: createLog('error'),
    mode: {
      kind: 'http',
      port,
      host: '127.0.0.1',
      botToken: farEnds.slack.tokens.bot,
      signingSecret: farEnds.slack.tokens.signingSecret,
    },
    onLost: () => undefined,
  });
  const changes = createChanges();
  let recovery: RecoveryNews | null | undefined;
  const feed = startRecoveryFeed({
    muster: serving.muster,
    send: (news) => {
      recovery = news.recovery;
      changes.tell();
    },
    onError: () => undefined,
    everyMs: 50,
  });
  return {
    home,
    farEnds,
    clock,
    muster: serving.muster,
    bot: {
      state: { state: 'up', pid: null, restarts: 0, lastEnd: null, endedAt: null, againInMs: null },
      get recovery() {
        return recovery;
      },
      commands: commandNews(commands).commands,
      changes,
    },
    told: () => {
      if (!recovery) throw new Error('Muster has told of no incident yet.');
      return recovery;
    },
    close: async () => {
      await feed.stop();
      await serving.stop();
      await farEnds.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
