import { systemClock } from '../clock/system-clock.ts';
import { assertPagerSecret } from '../config/pager-secret.ts';
import type { Fault } from '../domain/errors.ts';
import { createMetrics, type Readings } from '../http/metrics.ts';
import { healthRoutes } from '../http/routes.ts';
import type { SlackMode } from '../slack/options.ts';
import type { SlackEdge } from '../slack/start.ts';
import { readCounts } from '../store/readings.ts';
import { forgetRequests } from '../store/seen-requests.ts';
import { openSlack, openTerminal } from './doors.ts';
import { createHealth, type Health } from './health.ts';
import { inTime } from './in-time.ts';
import { startLoop } from './loop.ts';
import { once } from './once.ts';
import { type Muster, type MusterParts, openMuster } from './open-muster.ts';
import { readReadiness } from './readiness.ts';
import { createWatch } from './watch.ts';

export interface Serving {
  muster: Muster;
  /** Where it listens; null in Socket Mode. */
  port: number | null;
  /** Takes nothing more, finishes or hands over what has begun, and lets go of everything. */
  stop(): Promise<void>;
}

type ServeParts = MusterParts & { mode: SlackMode; faults: readonly Fault[] };

/** What serving has come to; its health is asked for before all of it is there. */
interface State {
  draining: boolean;
  muster?: Muster;
  slack?: SlackEdge;
}

const forgetEveryMs = 60_000;
const requestMemoryMs = 20 * 60_000;
/** Real milliseconds between looks at how every part is, so that what begins while nobody asks has its time. */
const lookEveryMs = 15_000;

/** Muster with its front doors: Slack, the terminal's socket, health and metrics. Throws one sentence when it cannot start. */
export async function serveMuster(parts: ServeParts): Promise<Serving> {
  const { settings, home, log, commands } = parts;
  assertPagerSecret(settings, home);
  const state: State = { draining: false };
  const metrics = createMetrics({
    read: async () => (state.muster ? readMetrics(state.muster) : null),
    leaseHeld: () => state.muster?.durable.lease.isHeld() ?? false,
    draining: () => state.draining,
  });
  const watch = createWatch({ log, metrics, commands, now: systemClock.now });
  const muster = await openMuster({ ...parts, watch });
  state.muster = muster;
  const doors: { stop(): Promise<void> }[] = [];
  const stop = stopping(state, muster, doors);
  try {
    const { faults } = parts;
    const slack = () => state.slack?.health() ?? { ok: false, why: 'Slack is not connected' };
    const read = () => readReadiness({ muster, slack, aws: watch.aws, templateFaults: faults, now: systemClock.now });
    const health = createHealth({ read, log, now: systemClock.now, seen: metrics.degraded });
    const routes = healthRoutes({ parts: health.look, draining: () => state.draining, metrics: metrics.registry });
    state.slack = await openSlack(parts, muster, { routes, acked: metrics.acked });
    muster.slack.connect(state.slack);
    muster.broadcast.start();
    muster.schedules.start();
    doors.push(await openTerminal(parts, muster), ...startLooks(parts, muster, health));
    return { muster, port: state.slack.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** All at once, so that nothing waits for the slowest of the others; health is answered to the end. */
function stopping(state: State, muster: Muster, doors: readonly { stop(): Promise<void> }[]): () => Promise<void> {
  return once(async () => {
    state.draining = true;
    const { slack } = state;
    // Whoever waits in Slack for a rehearsal hears that it has ended.
    const answered = Promise.all([slack?.drain(), muster.rehearsals.close()]);
    await Promise.all([answered, ...doors.map((door) => door.stop()), muster.letGo()]);
    await slack?.stop();
    await muster.stop();
  });
}

function startLooks({ log }: ServeParts, { store }: Muster, health: Health): { stop(): Promise<void> }[] {
  const forget = () => store.tx((tx) => forgetRequests(tx, new Date(systemClock.now().getTime() - requestMemoryMs)));
  const look = async (): Promise<void> => {
    await health.look();
  };
  return [
    startLoop(forgetEveryMs, forget, (error) => log.warn({ err: error }, 'old requests could not be forgotten')),
    startLoop(lookEveryMs, look, (error) => log.warn({ err: error }, 'how every part is could not be read')),
  ];
}

/** Null where the store gives no answer: who scrapes then still gets what this process knows by itself. */
async function readMetrics({ store, durable }: Muster): Promise<Readings | null> {
  const read = Promise.all([store.tx(readCounts), durable.status()]).catch(() => null);
  const answer = await inTime(read);
  if (answer === null || typeof answer === 'string') return null;
  const [{ outbox, ...counts }, { unfinished }] = answer;
  const now = systemClock.now().getTime();
  const aged = outbox.map(({ oldest, ...waiting }) => ({
    ...waiting,
    oldestSeconds: Math.max(0, now - oldest.getTime()) / 1000,
  }));
  return { ...counts, outbox: aged, workflowsUnfinished: unfinished };
}
