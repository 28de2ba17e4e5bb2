import { join } from 'node:path';
import { systemClock } from '../clock/system-clock.ts';
import { assertPagerSecret } from '../config/pager-secret.ts';
import type { Fault } from '../domain/errors.ts';
import { startControlServer } from '../http/control-server.ts';
import { createMetrics } from '../http/metrics.ts';
import { healthRoutes } from '../http/routes.ts';
import type { SlackMode } from '../slack/options.ts';
import { startSlack } from '../slack/start.ts';
import { readCounts } from '../store/readings.ts';
import { forgetRequests, takeRequest } from '../store/seen-requests.ts';
import { crashAt } from './crash.ts';
import { startLoop } from './loop.ts';
import { type Muster, type MusterParts, openMuster } from './open-muster.ts';
import { readReadiness } from './readiness.ts';
import { identifier, wordsOf } from './words.ts';

export interface Serving {
  muster: Muster;
  /** Where it listens; null in Socket Mode. */
  port: number | null;
  stop(): Promise<void>;
}

const forgetEveryMs = 60_000;
const requestMemoryMs = 20 * 60_000;

/** Muster with its front doors: Slack, the terminal's socket, health and metrics. Throws one sentence when it cannot start. */
export async function serveMuster(
  parts: MusterParts & { mode: SlackMode; faults: readonly Fault[] },
): Promise<Serving> {
  const { settings, ends, log, home } = parts;
  assertPagerSecret(settings, home);
  const muster = await openMuster(parts);
  const { recovery, incidents, broadcast, reports, rehearsals, store } = muster;
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.reverse()) await each();
    await muster.stop();
  };
  try {
    let slackHealth = (): { ok: boolean; why: string | null } => ({ ok: false, why: 'Slack is not connected' });
    const metrics = createMetrics(() => readMetrics(parts, muster));
    const routes = healthRoutes({
      readiness: () => readReadiness(muster, slackHealth(), parts.faults),
      metrics: metrics.registry,
    });
    const slack = await startSlack({
      mode: { ...parts.mode, routes },
      ...(settings.slack.apiUrl === undefined ? {} : { apiUrl: settings.slack.apiUrl }),
      home,
      useCases: { recovery, incidents, broadcast, reports, rehearsals },
      clock: ends.clock,
      real: systemClock,
      ids: ends.ids,
      log,
      seen: async (signature) => !(await store.tx((tx) => takeRequest(tx, signature, systemClock.now()))),
      simulated: ends.simulated,
      crash: crashAt(settings.crashAt),
    });
    stops.push(() => slack.stop());
    slackHealth = slack.health;
    muster.slack.connect(slack);
    broadcast.start();
    const control = await startControlServer({
      socket: join(settings.dataDir, 'control.sock'),
      handle: wordsOf(muster, ends.clock),
      identify: identifier(muster, ends),
      onError: (error) => log.error({ err: error }, 'a word from the terminal failed'),
    });
    stops.push(() => control.stop());
    const forgetting = startLoop(
      forgetEveryMs,
      () => store.tx((tx) => forgetRequests(tx, new Date(systemClock.now().getTime() - requestMemoryMs))),
      (error) => log.warn({ err: error }, 'old requests could not be forgotten'),
    );
    stops.push(() => forgetting.stop());
    // Before Slack: whoever waits for a rehearsal hears that it has ended.
    stops.push(() => rehearsals.close());
    return { muster, port: slack.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readMetrics(
  { ends }: MusterParts,
  muster: Muster,
): Promise<Awaited<ReturnType<Parameters<typeof createMetrics>[0]>>> {
  const { outboxOldest, ...counts } = await muster.store.tx(readCounts);
  const age = outboxOldest === null ? 0 : Math.max(0, ends.clock.now().getTime() - outboxOldest.getTime()) / 1000;
  const { unfinished } = await muster.durable.status();
  return { ...counts, outboxOldestSeconds: age, workflowsUnfinished: unfinished };
}
