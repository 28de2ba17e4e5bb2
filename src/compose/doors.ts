import { join } from 'node:path';
import { systemClock } from '../clock/system-clock.ts';
import { startControlServer } from '../http/control-server.ts';
import type { Route } from '../http/routes.ts';
import type { SlackMode } from '../slack/options.ts';
import { type SlackEdge, startSlack } from '../slack/start.ts';
import { takeRequest } from '../store/seen-requests.ts';
import { crashAt } from './crash.ts';
import type { Muster, MusterParts } from './open-muster.ts';
import { identifier, wordsOf } from './words.ts';

/** Slack's way in, and beside it health and metrics. */
export function openSlack(
  parts: MusterParts & { mode: SlackMode },
  muster: Muster,
  of: { routes: Route[]; acked: (seconds: number) => void },
): Promise<SlackEdge> {
  const { settings, ends, home, log } = parts;
  const { recovery, incidents, broadcast, reports, rehearsals, schedules, store } = muster;
  return startSlack({
    mode: { ...parts.mode, routes: of.routes },
    ...(settings.slack.apiUrl === undefined ? {} : { apiUrl: settings.slack.apiUrl }),
    home,
    useCases: { recovery, incidents, broadcast, reports, rehearsals, schedules },
    clock: ends.clock,
    real: systemClock,
    ids: ends.ids,
    log,
    seen: async (signature) => !(await store.tx((tx) => takeRequest(tx, signature, systemClock.now()))),
    simulated: ends.simulated,
    crash: crashAt(settings.crashAt),
    mayPost: () => muster.durable.lease.assertHeld(),
    acked: of.acked,
  });
}

/** The terminal's way in, a socket in the data folder. */
export function openTerminal({ settings, ends, log }: MusterParts, muster: Muster): Promise<{ stop(): Promise<void> }> {
  return startControlServer({
    socket: join(settings.dataDir, 'control.sock'),
    handle: wordsOf(muster, ends.clock),
    identify: identifier(muster, ends),
    onError: (error) => log.error({ err: error }, 'a word from the terminal failed'),
  });
}
