import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CustomRoute } from '@slack/bolt';
import { Refusal } from '../domain/errors.ts';

/** A path that is served beside Slack's own, such as health. */
export type Route = CustomRoute;

/** Serves routes by their exact path, where no HTTP receiver does: Socket Mode. */
export async function serveRoutes(routes: readonly Route[], listen: { port: number; host?: string }): Promise<Server> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    const route = routes.find((each) => each.path === path && [each.method].flat().includes(request.method ?? 'GET'));
    if (route) return route.handler(Object.assign(request, { params: {} }), response);
    response.writeHead(404).end();
  });
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
