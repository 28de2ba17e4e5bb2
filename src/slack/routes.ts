import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CustomRoute } from '@slack/bolt';
import { Refusal } from '../domain/errors.ts';

/** A path that is served beside Slack's own, such as health. */
export type Route = CustomRoute;

/** Milliseconds for the head of a request, for all of it, and between two looks at who is slower. */
export const patience = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 2_000 };

/** Answers by the exact path. */
export function answerRoute(routes: readonly Route[], request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?')[0];
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const route = routes.find((each) => each.path === path && [each.method].flat().includes(method));
  if (route) return route.handler(Object.assign(request, { params: {} }), response);
  const known = routes.map((each) => `${each.method} ${each.path}`).join(', ');
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`There is nothing at this address${known && `: expected ${known}`}.\n`);
}

/** Serves routes where no HTTP receiver does: Socket Mode. */
export async function serveRoutes(routes: readonly Route[], listen: { port: number; host?: string }): Promise<Server> {
  const server = createServer(patience, (request, response) => answerRoute(routes, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portTaken(error, listen.port)));
    server.listen(listen, resolve);
  });
  return server;
}

export function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The sentence for a port that cannot be listened on. */
export function portTaken(error: unknown, port: number): Error {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new Refusal(`Port ${port} is taken by another program: stop it, or set PORT to another.`);
  if (code === 'EACCES') return new Refusal(`Port ${port} may not be opened by this user: set PORT to one above 1023.`);
  return error instanceof Error ? error : new Error('The port could not be opened.');
}
