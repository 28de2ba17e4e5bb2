import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Changes, createChanges } from '../wire/changes.ts';
import { type Faults, losesAnswer, noFaults, pause } from '../wire/faults.ts';
import { readBody, sendJson, serve } from '../wire/serve.ts';

export interface PagerOptions {
  secret?: string;
  /** The time that pages are shown with; the machine's own without it. */
  now?: () => Date;
  /** The machine's own time unless a test says otherwise: signatures are dated in it. */
  real?: () => Date;
}

/** A page as it was taken; one whose idempotency key was taken before is counted, not taken again. */
export interface ReceivedPage {
  at: string;
  idempotencyKey: string;
  repeats: number;
  body: Record<string, unknown>;
}

export interface SimulatedPager {
  /** For `pager.url` of muster.yml. */
  url: string;
  /** For MUSTER_PAGER_SECRET. */
  secret: string;
  pages: ReceivedPage[];
  refused: { at: string; status: number; error: string }[];
  /** The next answers are this status, with these headers. */
  answers: { times: number; status: number; headers?: Record<string, string> };
  changes: Changes;
  faults: Faults;
  stop(): Promise<void>;
}

/** A signature older than this, in seconds, is somebody's recording. */
const oldest = 300;
const Body = z.record(z.string(), z.unknown());

/** A pager that takes signed pages and wakes nobody. */
export async function startPager(options: PagerOptions = {}): Promise<SimulatedPager> {
  const real = options.real ?? (() => new Date());
  const now = options.now ?? real;
  const secret = options.secret ?? 'sandbox-pager-secret';
  const far: Omit<SimulatedPager, 'url' | 'stop'> = {
    secret,
    pages: [],
    refused: [],
    answers: { times: 0, status: 503 },
    changes: createChanges(),
    faults: noFaults(),
  };

  function refuse(response: ServerResponse, status: number, error: string, headers: Record<string, string> = {}): void {
    far.refused.push({ at: now().toISOString(), status, error });
    far.changes.tell();
    sendJson(response, status, { error }, headers);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (far.faults.down === 'refused') return void request.socket.destroy();
    const text = (await readBody(request)) ?? '';
    await pause(far.faults.slowMs);
    if (far.faults.down === '503') return refuse(response, 503, 'Service unavailable');
    const { answers } = far;
    if (answers.times > 0) {
      answers.times -= 1;
      return refuse(response, answers.status, 'As a test asked for', answers.headers);
    }
    const wrong = faultOf(request, text, { secret, now: real() });
    if (wrong) return refuse(response, wrong.status, wrong.error);
    take(far, String(request.headers['idempotency-key']), Body.parse(JSON.parse(text)), now());
    if (losesAnswer(far.faults, text)) return void request.socket.destroy();
    sendJson(response, 202, { status: 'accepted' });
  }

  const served = await serve((request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, 400, String(error)));
  });
  return Object.assign(far, { url: `${served.url}/pages`, stop: served.stop });
}

function take(far: Pick<SimulatedPager, 'pages' | 'changes'>, key: string, body: ReceivedPage['body'], at: Date): void {
  const known = far.pages.find((page) => page.idempotencyKey === key);
  if (known) known.repeats += 1;
  else far.pages.push({ at: at.toISOString(), idempotencyKey: key, repeats: 0, body });
  far.changes.tell();
}

function faultOf(
  request: IncomingMessage,
  text: string,
  of: { secret: string; now: Date },
): { status: number; error: string } | null {
  if (request.method !== 'POST') return { status: 405, error: `Expected POST, found ${request.method}` };
  if (request.url !== '/pages') return { status: 404, error: `Nothing is at ${request.url}` };
  if (!request.headers['content-type']?.startsWith('application/json')) return { status: 415, error: 'Expected JSON' };
  if (!request.headers['idempotency-key']) return { status: 400, error: 'There is no Idempotency-Key' };
  return signatureFault(request, text, of);
}

function signatureFault(
  { headers }: IncomingMessage,
  text: string,
  { secret, now }: { secret: string; now: Date },
): { status: number; error: string } | null {
  const timestamp = String(headers['x-muster-timestamp'] ?? '');
  const given = Buffer.from(String(headers['x-muster-signature'] ?? ''));
  const expected = Buffer.from(`v1=${createHmac('sha256', secret).update(`${timestamp}.${text}`).digest('hex')}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return { status: 401, error: 'The signature is not that of this body' };
  }
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp));
  return age <= oldest ? null : { status: 401, error: 'The signature is too old' };
}
