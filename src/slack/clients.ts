import { WebClient, type WebClientOptions } from '@slack/web-api';
import { fetchAnswer } from './fetch-answer.ts';
import { boltLogger, type Log } from './log.ts';

/** Two queues to Slack: people who wait for an answer never stand behind words that are due. */
export interface Clients {
  /** Views and answers: one attempt within the three seconds that a trigger lives. */
  interactive: WebClient;
  /** Posts and their like: one attempt too, since a repeated post is a second message; the delivery loops try again. */
  bulk: WebClient;
}

/** Milliseconds. */
const answerWithin = { interactive: 2_000, bulk: 10_000 };

export function createClients(botToken: string, apiUrl: string | undefined, log: Log): Clients {
  return {
    interactive: new WebClient(botToken, clientOptions(answerWithin.interactive, 100, apiUrl, log)),
    bulk: new WebClient(botToken, clientOptions(answerWithin.bulk, 4, apiUrl, log)),
  };
}

/** Options anew for each client: the client keeps and changes the object that it is given. */
export function clientOptions(
  timeout: number,
  concurrency: number,
  apiUrl: string | undefined,
  log: Log,
): WebClientOptions {
  return {
    timeout,
    maxRequestConcurrency: concurrency,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
    fetch: fetchAnswer,
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
  };
}
