import type { Readable } from 'node:stream';
import axios, { isAxiosError } from 'axios';
import { z } from 'zod';
import type { JsonObject } from '../domain/json.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Courier, Delivery } from '../domain/ports/courier.ts';
import { pageBody } from './body.ts';
import { signatureHeaders } from './sign.ts';

export interface PagerOptions {
  url: string;
  /** What is posted; text in it are Handlebars templates of an event's fields. */
  body?: JsonObject | undefined;
  /** Of MUSTER_PAGER_SECRET. */
  secret: string;
  /** Tells this Muster's events from those of any other. */
  storeId(): Promise<string>;
  /** The machine’s own time: the far end compares it with its own. */
  real: Clock;
  timeoutMs?: number;
}

const Answer = z.object({
  status: z.int(),
  headers: z.looseObject({ 'retry-after': z.string().optional().catch(undefined) }),
});
type Answer = z.infer<typeof Answer>;

const noAnswerMs = 5_000;
const limitedMs = 30_000;
const longestWaitMs = 300_000;

/** Posts events to a pager as signed JSON. One that is not known to have arrived is posted again under the same key. */
export function createPagerCourier(options: PagerOptions): Courier {
  const render = pageBody(options.body);
  const http = axios.create({
    timeout: options.timeoutMs ?? 10_000,
    maxRedirects: 0,
    responseType: 'stream',
    decompress: false,
    transformRequest: (body: string) => body,
    validateStatus: () => true,
  });
  return {
    to: 'pager',
    deliver: async (outgoing, key) => {
      if (outgoing.to !== 'pager') return { state: 'refused', why: 'This is not for a pager.' };
      const body = JSON.stringify(render(outgoing.event));
      const headers = {
        'Content-Type': 'application/json',
        'Idempotency-Key': `${await options.storeId()}:${key}`,
        ...signatureHeaders(options.secret, options.real.now(), body),
      };
      try {
        const answer = await http.post<Readable>(options.url, body, { headers });
        leaveUnread(answer.data);
        return read(Answer.parse(answer), options.real);
      } catch (error) {
        return unanswered(error);
      }
    },
  };
}

/** The status says it all; whatever goes wrong with the rest is nobody's. */
function leaveUnread(body: Readable): void {
  body.on('error', () => {});
  body.destroy();
}

function read({ status, headers }: Answer, real: Clock): Delivery {
  if (status >= 200 && status < 300) return { state: 'sent', receipt: { status } };
  if (status === 429 || status === 408 || status >= 500) {
    const why = status === 429 ? 'The pager takes no more pages for the moment.' : `The pager answered ${status}.`;
    return { state: 'later', why, afterMs: waitMs(headers['retry-after'], real) ?? usualWaitMs(status) };
  }
  return { state: 'refused', why: sayRefusal(status) };
}

function sayRefusal(status: number): string {
  if (status >= 300 && status < 400) {
    return `The pager answered ${status}, a redirect, which is not followed: set pager.url in muster.yml to where it leads.`;
  }
  if (status === 401 || status === 403) {
    return `The pager answered ${status}: check MUSTER_PAGER_SECRET and pager.url in muster.yml.`;
  }
  return `The pager answered ${status}: check pager.url and pager.body in muster.yml.`;
}

function unanswered(error: unknown): Delivery {
  const why = isAxiosError(error) ? (error.code ?? 'no answer') : 'its answer could not be read';
  return { state: 'later', why: `The pager could not be reached or did not answer (${why}).`, afterMs: noAnswerMs };
}

function usualWaitMs(status: number): number {
  return status === 429 ? limitedMs : noAnswerMs;
}

/** Retry-After is seconds or a date. */
function waitMs(header: string | undefined, real: Clock): number | null {
  if (header === undefined) return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - real.now().getTime();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, longestWaitMs) : null;
}
