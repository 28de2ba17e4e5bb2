import type { Server } from 'node:http';
import { App } from '@slack/bolt';
import type { Home } from '../domain/home.ts';
import type { Clock, Ids } from '../domain/ports/clock.ts';
import type { Courier, LivePainter } from '../domain/ports/courier.ts';
import { createChannels } from './channels.ts';
import { clientOptions, createClients } from './clients.ts';
import { createCourier } from './courier.ts';
import type { Edge, UseCases } from './edge.ts';
import { createGroups } from './groups.ts';
import { guardRequests, RefusedRequest } from './guard.ts';
import { createHttpReceiver } from './http.ts';
import { type Identity, identify } from './identity.ts';
import { createInflight } from './inflight.ts';
import { registerListeners } from './listeners/register.ts';
import { type Log, boltLogger } from './log.ts';
import { createPainter } from './painter.ts';
import type { Records } from './post.ts';
import { portOf, portTaken, type Route, serveRoutes } from './routes.ts';
import { createSocket } from './socket.ts';

export interface SlackOptions {
  mode:
    | { kind: 'http'; port: number; host?: string; signingSecret: string; botToken: string; routes?: Route[] }
    | { kind: 'socket'; appToken: string; botToken: string; port?: number; host?: string; routes?: Route[] };
  /** Another base address of the Web API, ending in `/api/`. */
  apiUrl?: string;
  home: Home;
  useCases: UseCases;
  records: Records;
  clock: Clock;
  /** The real time of day, which signatures carry; the clock's own if absent. */
  realNow?: () => Date;
  ids: Ids;
  log: Log;
  /** True when this request was already taken. */
  seen: (signature: string) => Promise<boolean>;
  simulated: boolean;
}

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
  /** Takes nothing more, and waits for what has begun. */
  stop(): Promise<void>;
}

/** What takes requests in: Slack's HTTP, or its socket. */
interface Intake {
  port: number | null;
  connected(): boolean;
  stop(): Promise<void>;
}

/** Milliseconds of real time that a stop waits for what has begun. */
const drainFor = 10_000;

/** Starts the Slack edge. Throws `Refusal` with one sentence when a token or a port is refused; never waits for long. */
export async function startSlack(options: SlackOptions): Promise<SlackEdge> {
  const { clock, log, home, simulated } = options;
  const clients = createClients(options.mode.botToken, options.apiUrl, log);
  const stopping = new AbortController();
  const identity = await identify({ client: clients.interactive, clock, log, signal: stopping.signal });
  const groups = createGroups(clients.bulk, clock);
  const inflight = createInflight(clock);
  const edge: Edge = { ...options.useCases, clients, home, clock, ids: options.ids, log, inflight, seen: options.seen, groups, simulated };
  const intake = await startIntake(options, identity, edge).catch((error: unknown) => {
    stopping.abort(new Error('not started'));
    throw error;
  });
  const reads = { ...options.useCases, home, simulated };
  const channels = createChannels(clients.bulk, reads);
  const far = { client: clients.bulk, channels, reads, records: options.records, home, log, groups, clock, self: () => identity.user };
  return {
    courier: createCourier(far),
    painter: createPainter(far),
    groups,
    health: () => healthOf(identity, intake),
    port: intake.port,
    async stop() {
      stopping.abort(new Error('stopping'));
      const closed = intake.stop();
      const left = await inflight.drain(drainFor);
      if (left > 0) log.warn({ left }, 'Some answers to Slack were not finished.');
      await closed;
    },
  };
}

async function startIntake(options: SlackOptions, identity: Identity, edge: Edge): Promise<Intake> {
  return options.mode.kind === 'http' ? startHttp(options, options.mode, identity, edge) : startSocket(options, options.mode, identity, edge);
}

async function startHttp(
  options: SlackOptions,
  mode: Extract<SlackOptions['mode'], { kind: 'http' }>,
  identity: Identity,
  edge: Edge,
): Promise<Intake> {
  const receiver = createHttpReceiver(mode.signingSecret, mode.routes ?? [], edge.log);
  await initApp(receiver, options, identity, edge);
  const listen = { port: mode.port, ...(mode.host ? { host: mode.host } : {}) };
  const server: Server = await receiver.start(listen).catch((error: unknown) => {
    throw portTaken(error, mode.port);
  });
  return {
    port: portOf(server),
    connected: () => true,
    async stop() {
      const closed = receiver.stop();
      await edge.inflight.drain(drainFor);
      server.closeAllConnections();
      await closed;
    },
  };
}

async function startSocket(
  options: SlackOptions,
  mode: Extract<SlackOptions['mode'], { kind: 'socket' }>,
  identity: Identity,
  edge: Edge,
): Promise<Intake> {
  const socket = createSocket({ appToken: mode.appToken, apiUrl: options.apiUrl, clock: edge.clock, log: edge.log });
  await initApp(socket.receiver, options, identity, edge);
  const listen = { port: mode.port ?? 0, ...(mode.host ? { host: mode.host } : {}) };
  const server = mode.routes === undefined || mode.port === undefined ? null : await serveRoutes(mode.routes, listen);
  await socket.start();
  return {
    port: server === null ? null : portOf(server),
    connected: socket.connected,
    async stop() {
      await socket.stop();
      server?.closeAllConnections();
      await new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve())));
    },
  };
}

/** Who we are was asked already, so authorization costs no call, and none of its failures reaches a listener. */
async function initApp(
  receiver: ConstructorParameters<typeof App>[0] extends infer O ? NonNullable<O> extends { receiver?: infer R } ? R : never : never,
  options: SlackOptions,
  identity: Identity,
  edge: Edge,
): Promise<void> {
  const { botToken } = options.mode;
  const app = new App({
    ...(receiver ? { receiver } : {}),
    authorize: async () => ({
      botToken,
      ...(identity.bot ? { botId: identity.bot } : {}),
      ...(identity.user ? { botUserId: identity.user } : {}),
    }),
    clientOptions: clientOptions(2_000, 10, options.apiUrl, edge.log),
    logger: boltLogger(edge.log),
    convoStore: false,
    deferInitialization: true,
  });
  guardRequests(app, options.realNow ?? (() => edge.clock.now()));
  registerListeners(app, edge);
  app.error(async (error) => {
    const cause = 'original' in error && error.original instanceof Error ? error.original : error;
    if (cause instanceof RefusedRequest) edge.log.warn({ status: cause.status }, cause.message);
    else edge.log.error({ error: cause.stack }, 'A request from Slack failed before anything took it.');
    throw cause;
  });
  await app.init();
}

function healthOf(identity: Identity, intake: Intake): SlackHealth {
  if (identity.why !== null) return { ok: false, why: identity.why };
  return intake.connected() ? { ok: true, why: null } : { ok: false, why: 'Slack’s socket is not connected' };
}
