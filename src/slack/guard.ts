import type { App, BufferedIncomingMessage } from '@slack/bolt';
import { hideTokens } from '../domain/secret-text.ts';

/** A request that carries a good signature and is refused all the same. Nothing has been done for it. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
  readonly status: number;
  constructor(why: string, status: number) {
    super(why);
    this.status = status;
  }
}

/** Seconds by which a request's time may differ from ours; Bolt itself refuses only those that are too old. */
const tolerance = 300;
/** A signature is remembered for as long as a request of that time could still be accepted. */
const memory = 2 * tolerance;

/** What a request is known by, put into Bolt's context. Reads only: what throws here would end the process. */
export function requestProperties(request: BufferedIncomingMessage): Record<string, unknown> {
  const { headers } = request;
  return {
    requestKey: String(headers['x-slack-signature'] ?? ''),
    requestSeconds: Number(headers['x-slack-request-timestamp']),
    retried: headers['x-slack-retry-num'] !== undefined,
  };
}

/**
 * Refuses what is future-dated, and what this process has taken before. The store's memory, which outlives the process,
 * is asked only just before something is done: no database call stands between a click and its answer.
 */
export function guardRequests(app: App, now: () => Date): void {
  const taken = new Map<string, number>();
  app.use(async ({ context, next }) => {
    const seconds = Math.floor(now().getTime() / 1000);
    if (typeof context.requestSeconds === 'number' && context.requestSeconds > seconds + tolerance) {
      throw new RefusedRequest('The request is dated in the future.', 401);
    }
    const key = typeof context.requestKey === 'string' ? context.requestKey : '';
    forgetOld(taken, seconds);
    if (key !== '' && taken.has(key)) {
      throw new RefusedRequest('The request was taken before.', context.retried === true ? 200 : 409);
    }
    if (key !== '') taken.set(key, seconds + memory);
    await next();
  });
}

/** What somebody has pasted by mistake is gone before anything reads it: the record keeps for good what is said. */
export function leaveTokensOut(app: App): void {
  app.use(async ({ body, next }) => {
    // In place: what listeners are given are parts of this very object.
    replaceTexts(body);
    await next();
  });
}

function replaceTexts(inside: object): void {
  for (const [key, value] of Object.entries(inside)) {
    if (typeof value === 'object' && value !== null) replaceTexts(value);
    else if (typeof value === 'string') Reflect.set(inside, key, hideTokens(value));
  }
}

/** Oldest first, as they were put in. */
function forgetOld(taken: Map<string, number>, seconds: number): void {
  for (const [key, until] of taken) {
    if (until > seconds) return;
    taken.delete(key);
  }
}
