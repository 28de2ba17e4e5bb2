import { HTTPReceiver, type ReceiverProcessEventErrorHandlerArgs } from '@slack/bolt';
import { RefusedRequest, requestProperties } from './guard.ts';
import { boltLogger, type Log } from './log.ts';
import type { Route } from './routes.ts';

/** Bolt's own receiver at `POST /slack/events`, which answers a refused request with its own status. */
export function createHttpReceiver(signingSecret: string, routes: readonly Route[], log: Log): HTTPReceiver {
  return new HTTPReceiver({
    signingSecret,
    customRoutes: [...routes],
    logger: boltLogger(log),
    customPropertiesExtractor: requestProperties,
    processEventErrorHandler: answerError,
  });
}

async function answerError({ error, response }: ReceiverProcessEventErrorHandlerArgs): Promise<boolean> {
  if (response.headersSent) return false;
  const cause = 'original' in error ? error.original : error;
  response.writeHead(cause instanceof RefusedRequest ? cause.status : 500);
  response.end();
  return true;
}
