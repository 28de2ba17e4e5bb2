import { isAxiosError } from 'axios';
import { z } from 'zod';

/** A call that did not do what was asked. The sentence never holds the key. */
export class StatuspageFailure extends Error {
  override readonly name = 'StatuspageFailure';
  /** Real milliseconds after which it may be tried again; null when it would be refused again. */
  readonly afterMs: number | null;
  constructor(sentence: string, afterMs: number | null) {
    super(sentence);
    this.afterMs = afterMs;
  }
}

/** A wrong key or page stays wrong until somebody mends it and starts Muster again. */
const untilMendedMs = 300_000;
const noAnswerMs = 5_000;
const limitedMs = 60_000;

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
  if (!response) return unanswered(call, error.code ?? 'no answer');
  const said = sayBody(response.data, key);
  return explainStatus(response.status, { ...call, said, retryAfter: response.headers['retry-after'] });
}

function explainStatus(status: number, call: Call & { said: string; retryAfter: unknown }): StatuspageFailure {
  const { page, doing, said } = call;
  switch (status) {
    case 401:
    case 403:
      return new StatuspageFailure(
        `Statuspage does not accept the key (STATUSPAGE_API_KEY) for page ${page}: check it, then start Muster again.`,
        untilMendedMs,
      );
    case 404:
      return new StatuspageFailure(
        `Statuspage could not ${doing}: nothing is there on page ${page}. Check statuspage.page in muster.yml, and that ` +
          'nobody has deleted the incident.',
        null,
      );
    case 420:
    case 429:
      return new StatuspageFailure('Statuspage takes no more requests for the moment.', retryAfterMs(call.retryAfter));
    case 400:
    case 422:
      return new StatuspageFailure(
        `Statuspage would not ${doing} on page ${page}: ${said}. Check the components in muster.yml.`,
        null,
      );
    default:
      return new StatuspageFailure(
        `Statuspage could not ${doing}: it answered ${status}.`,
        status >= 500 ? noAnswerMs : null,
      );
  }
}

function unanswered({ doing }: Call, why: string): StatuspageFailure {
  return new StatuspageFailure(`Statuspage could not be asked to ${doing} (${why}).`, noAnswerMs);
}

function retryAfterMs(header: unknown): number {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : limitedMs;
}

function sayBody(body: unknown, key: string): string {
  const said = ErrorBody.safeParse(body);
  return (said.success ? said.data : 'it did not say why').replaceAll(key, '…').slice(0, 300);
}
