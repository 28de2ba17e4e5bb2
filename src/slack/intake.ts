import type { Server } from 'node:http';
import { App, type Receiver } from '@slack/bolt';
import { clientOptions } from './clients.ts';
import type { Edge } from './edge.ts';
import { guardRequests, leaveTokensOut, RefusedRequest } from './guard.ts';
import { createHttpReceiver } from './http.ts';
import type { Identity } from './identity.ts';
import { registerListeners } from './listeners/register.ts';
import { boltLogger } from './log.ts';
import type { SlackMode, SlackOptions } from './options.ts';
import { patience, portOf, portTaken, serveRoutes } from './routes.ts';
import { createSocket } from './socket.ts';
import { timeAcks } from './time-acks.ts';

/** What takes requests in: Slack's HTTP, or its socket. */
export interface Intake {
  port: number | null;
  connected(): boolean;
  /** Takes nothing more; health goes on being answered. */
  refuse(): Promise<void>;
  stop(): Promise<void>;
}

/** Milliseconds of real time that a stop waits for what has begun. */
export const drainFor = 10_000;

/** Starts to listen for Slack, by HTTP or by socket. */
export async function startIntake(options: SlackOptions, identity: Identity, edge: Edge): Promise<Intake> {
  return options.mode.kind === 'http'
    ? startHttp(options, options.mode, identity, edge)
    : startSocket(options, options.mode, identity, edge);
}

async function startHttp(
  options: SlackOptions,
  mode: Extract<SlackMode, { kind: 'http' }>,
  identity: Identity,
  edge: Edge,
): Promise<Intake> {
  let open = true;
  const { signingSecret, routes = [] } = mode;
  const receiver = createHttpReceiver({ signingSecret, routes, log: edge.log, isOpen: () => open });
  await initApp(receiver, options, identity, edge);
  const listen = { port: mode.port, ...(mode.host ? { host: mode.host } : {}) };
  const server: Server = await receiver.start(listen, patience).catch((error: unknown) => {
    throw portTaken(error, mode.port);
  });
  return {
    port: portOf(server),
    connected: () => true,
    async refuse() {
      open = false;
    },
    async stop() {
      const closed = receiver.stop();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function startSocket(
  options: SlackOptions,
  mode: Extract<SlackMode, { kind: 'socket' }>,
  identity: Identity,
  edge: Edge,
): Promise<Intake> {
  const socket = createSocket({ appToken: mode.appToken, apiUrl: options.apiUrl, real: edge.real, log: edge.log });
  await initApp(socket.receiver, options, identity, edge);
  const listen = { port: mode.port ?? 0, ...(mode.host ? { host: mode.host } : {}) };
  const server = mode.routes === undefined || mode.port === undefined ? null : await serveRoutes(mode.routes, listen);
  await socket.start();
  return {
    port: server === null ? null : portOf(server),
    connected: socket.connected,
    refuse: () => socket.stop(),
    async stop() {
      server?.closeAllConnections();
      await new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve())));
    },
  };
}

/** Who we are was asked already, so authorization costs no call, and none of its failures reaches a listener. */
async function initApp(receiver: Receiver, options: SlackOptions, identity: Identity, edge: Edge): Promise<void> {
  const { botToken } = options.mode;
  const app = new App({
    receiver,
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
  guardRequests(app, () => edge.real.now());
  leaveTokensOut(app);
  registerListeners(app, edge);
  timeAcks(app, options.real, options.acked);
  app.error(async (error) => {
    const cause = 'original' in error && error.original instanceof Error ? error.original : error;
    if (cause instanceof RefusedRequest) edge.log.warn({ status: cause.status }, cause.message);
    else edge.log.error({ error: cause.stack }, 'A request from Slack failed before anything took it.');
    throw cause;
  });
  await app.init();
}
