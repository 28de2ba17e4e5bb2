import { isAxiosError } from 'axios';
import { z } from 'zod';

/** A call that did not do what was asked. The sentence never holds the key. */
export class StatuspageFailure extends Error {
  override readonly name = 'StatuspageFailure';
  /** Real milliseconds after which it may be tried again; null when it would be refused again. */
  readonly afterMs: number | null;
  /** The key, and not this request, is to wait. */
  readonly limited: boolean;
  constructor(sentence: string, afterMs: number | null, limited = false) {
    super(sentence);
    this.afterMs = afterMs;
    this.limited = limited;
  }
}

export function limited(afterMs: number): StatuspageFailure {
  const seconds = Math.ceil(afterMs / 1000);
  return new StatuspageFailure(
    `Statuspage takes no more requests for the next ${seconds} ${seconds === 1 ? 'second' : 'seconds'}: the key allows one a second.`,
    afterMs,
    true,
  );
}

/** A wrong key stays wrong until somebody mends it and starts Muster again. */
const untilMendedMs = 300_000;
const noAnswerMs = 5_000;
const limitedMs = 60_000;
const longestLimitMs = 300_000;

/** Statuspage has answered with `error` or `message`, one sentence or several. */
const ErrorBody = z.union([
  z.object({ error: z.union([z.string(), z.array(z.string())]) }).transform((body) => [body.error].flat().join('; ')),
  z.object({ message: z.string() }).transform((body) => body.message),
]);

export interface Call {
  page: string;
  /** What was asked, for the sentence: `open the incident`. */
  doing: string;
}

/** What axios rejected with, as one sentence about what to do. */
export function explainFailure(error: unknown, call: Call, key: string): StatuspageFailure {
  if (error instanceof StatuspageFailure) return error;
  if (!isAxiosError(error)) return unanswered(call, 'its answer could not be read');
  const { response } = error;
  if (!response) return unanswered(call, sayCode(error.code));
  const said = sayBody(response.data, key);
  return explainStatus(response.status, { ...call, said, retryAfter: response.headers['retry-after'] });
}

function explainStatus(status: number, call: Call & { said: string; retryAfter: unknown }): StatuspageFailure {
  const { page, doing, said } = call;
  switch (status) {
    case 401:
      return new StatuspageFailure(
        'Statuspage does not know the key: put a valid one into STATUSPAGE_API_KEY, then start Muster again.',
        untilMendedMs,
      );
    case 403:
      return new StatuspageFailure(
        `The Statuspage key may not ${doing} on page ${page}: give STATUSPAGE_API_KEY one of this page's own, then start Muster again.`,
        untilMendedMs,
      );
    case 404:
      return new StatuspageFailure(explainMissing(call), null);
    case 420:
    case 429:
      return limited(retryAfterMs(call.retryAfter));
    case 400:
    case 422:
      return new StatuspageFailure(`Statuspage would not ${doing} on page ${page}: ${said}. ${mend(said)}`, null);
    default:
      return new StatuspageFailure(
        `Statuspage could not ${doing}: it answered ${status}.`,
        status >= 500 || status === 408 ? noAnswerMs : null,
      );
  }
}

function explainMissing({ page, doing }: Call): string {
  return doing.endsWith('the incident') && !doing.startsWith('open')
    ? `Statuspage could not ${doing}: it is not on page ${page} any more. Somebody has deleted it, or statuspage.page in muster.yml has changed.`
    : `Statuspage has no page ${page} for this key: check statuspage.page in muster.yml and STATUSPAGE_API_KEY.`;
}

function mend(said: string): string {
  return /component/i.test(said)
    ? 'Check the component ids of system.services in muster.yml: muster check compares them with the page.'
    : 'Send other words, or put them on the page by hand.';
}

function unanswered({ doing }: Call, why: string): StatuspageFailure {
  return new StatuspageFailure(`Statuspage could not be asked to ${doing} (${why}).`, noAnswerMs);
}

function sayCode(code: string | undefined): string {
  switch (code ?? '') {
    case 'ECONNABORTED':
    case 'ETIMEDOUT':
      return 'it did not answer in time';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its name could not be resolved';
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      return 'the connection was closed';
    default:
      return code ?? 'no answer';
  }
}

/** No longer than is believed: it holds back everything that goes by the same key. */
function retryAfterMs(header: unknown): number {
  const seconds = Number(header);
  return seconds > 0 ? Math.min(seconds * 1000, longestLimitMs) : limitedMs;
}

function sayBody(body: unknown, key: string): string {
  const said = ErrorBody.safeParse(body);
  const words = said.success ? said.data : 'it did not say why';
  return words
    .replaceAll(key, '…')
    .replace(/[.\s]+$/, '')
    .slice(0, 300);
}
