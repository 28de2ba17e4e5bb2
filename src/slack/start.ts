import type { Courier, LivePainter } from '../domain/ports/courier.ts';
import { createChannels } from './channels.ts';
import { createClients } from './clients.ts';
import { createCourier } from './courier.ts';
import type { Edge } from './edge.ts';
import { createGroups } from './groups.ts';
import { type Identity, identify } from './identity.ts';
import { createInflight } from './inflight.ts';
import { drainFor, type Intake, startIntake } from './intake.ts';
import type { SlackOptions } from './options.ts';
import { createPainter } from './painter.ts';
import { createStandings } from './standing.ts';

export interface SlackHealth {
  ok: boolean;
  /** Why it is degraded. */
  why: string | null;
}

export interface SlackEdge {
  courier: Courier;
  painter: LivePainter;
  /** Members of a user group, by Slack id. */
  groups: (id: string) => Promise<string[]>;
  health(): SlackHealth;
  /** Where it listens; null in Socket Mode without routes. */
  port: number | null;
  /** Takes nothing more, and waits for what has begun, 10 s at most; health goes on being answered. */
  drain(): Promise<void>;
  /** Drains, where that was not done before, and listens no more. */
  stop(): Promise<void>;
}

/** Starts the Slack edge. Throws `Refusal` with one sentence when a token or a port is refused; never waits for long. */
export async function startSlack(options: SlackOptions): Promise<SlackEdge> {
  const { clock, real, log, home, simulated } = options;
  const clients = createClients(options.mode.botToken, options.apiUrl, log);
  const stopping = new AbortController();
  const identity = await identify({ client: clients.interactive, real, log, signal: stopping.signal });
  const standings = createStandings({ client: clients.interactive, real, identity });
  const groups = createGroups(clients.bulk, real, standings.of);
  const inflight = createInflight(real);
  const edge: Edge = {
    ...options.useCases,
    clients,
    home,
    clock,
    real,
    ids: options.ids,
    log,
    inflight,
    seen: options.seen,
    groups,
    standings,
    simulated,
  };
  const intake = await startIntake(options, identity, edge).catch((error: unknown) => {
    stopping.abort(new Error('not started'));
    throw error;
  });
  let draining: Promise<void> | null = null;
  const drain = async (): Promise<void> => {
    stopping.abort(new Error('stopping'));
    const refused = intake.refuse();
    const left = await inflight.drain(drainFor);
    if (left > 0) log.warn({ left }, 'Some answers to Slack were not finished.');
    await refused;
  };
  const drainOnce = (): Promise<void> => {
    draining ??= drain();
    return draining;
  };
  const reads = { ...options.useCases, home, simulated };
  const channels = createChannels(clients.bulk, reads);
  const far = {
    client: clients.bulk,
    channels,
    reads,
    home,
    log,
    groups,
    self: () => identity.user,
    crash: options.crash,
    mayPost: options.mayPost ?? (async () => undefined),
  };
  return {
    courier: createCourier(far),
    painter: createPainter(far),
    groups,
    health: () => healthOf(identity, intake),
    port: intake.port,
    drain: drainOnce,
    async stop() {
      await drainOnce();
      await intake.stop();
    },
  };
}

function healthOf(identity: Identity, intake: Intake): SlackHealth {
  if (identity.why !== null) return { ok: false, why: identity.why };
  return intake.connected() ? { ok: true, why: null } : { ok: false, why: 'Slack’s socket is not connected' };
}
