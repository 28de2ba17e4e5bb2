import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPReceiver, type ReceiverProcessEventErrorHandlerArgs } from '@slack/bolt';
import { isSlacks, readBody } from './body.ts';
import { RefusedRequest, requestProperties } from './guard.ts';
import { boltLogger, type Log } from './log.ts';
import { answerRoute, type Route } from './routes.ts';

interface HttpOptions {
  signingSecret: string;
  routes: readonly Route[];
  log: Log;
  /** False from the moment this process takes nothing more. */
  isOpen: () => boolean;
}

/** Bolt's own receiver at `POST /slack/events`, which answers a refused request with its own status. */
export function createHttpReceiver({ signingSecret, routes, log, isOpen }: HttpOptions): HTTPReceiver {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: boltLogger(log),
    customPropertiesExtractor: requestProperties,
    processEventErrorHandler: answerError,
  });
  const { requestListener: toBolt } = receiver;
  receiver.requestListener = (request, response) => {
    if (request.method !== 'POST') return answerRoute(routes, request, response);
    // Whoever is in front may give it to another process: nothing of it has been read.
    if (!isOpen()) return response.writeHead(503, { connection: 'close', 'retry-after': '5' }).end();
    take(request, response, toBolt).catch((error: unknown) => {
      log.warn({ trouble: String(error) }, 'A request was not taken.');
      if (response.headersSent) response.destroy();
      else response.writeHead(404).end();
    });
  };
  return receiver;
}

/** Bolt verifies who sent it, and finds the body read already. */
async function take(
  request: IncomingMessage,
  response: ServerResponse,
  toBolt: HTTPReceiver['requestListener'],
): Promise<void> {
  const rawBody = await readBody(request);
  if (rawBody === null) response.writeHead(413).end();
  else if (isSlacks(rawBody, request.headers['content-type'])) toBolt(Object.assign(request, { rawBody }), response);
  else response.writeHead(400).end();
}

async function answerError({ error, response }: ReceiverProcessEventErrorHandlerArgs): Promise<boolean> {
  if (response.headersSent) return false;
  const cause = 'original' in error ? error.original : error;
  response.writeHead(cause instanceof RefusedRequest ? cause.status : 500);
  response.end();
  return true;
}
