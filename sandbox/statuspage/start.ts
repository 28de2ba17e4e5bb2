import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Home } from '../../src/domain/home.ts';
import { type Faults, losesAnswer, noFaults, pause } from '../wire/faults.ts';
import { readBody, sendJson, serve } from '../wire/serve.ts';
import { createPage, type StatusPage } from './page.ts';
import { notFound, type Reply, route } from './routes.ts';

export interface StatuspageOptions {
  home: Home;
  key?: string;
  /** Another key of the page's, which may read and change nothing. */
  readingKey?: string;
  now?: () => Date;
  /** How many of the clock's milliseconds pass in one real one. */
  scale?: () => number;
  rateLimit?: boolean;
  /** Statuspage has answered with either; both mean the same. */
  limitStatus?: 420 | 429;
}

export interface SimulatedStatuspage {
  /** For `STATUSPAGE_API_URL`: ends in `/v1`. */
  url: string;
  key: string;
  page: StatusPage;
  faults: Faults;
  stop(): Promise<void>;
}

/** Requests that one key may make in sixty seconds. */
const perMinute = 60;

export async function startStatuspage(options: StatuspageOptions): Promise<SimulatedStatuspage> {
  const now = options.now ?? (() => new Date());
  const page = createPage(options.home, now);
  const key = options.key ?? 'sandbox-statuspage-key';
  const faults = noFaults();
  const readers = options.readingKey === undefined ? [] : [options.readingKey];
  const recent = new Map([key, ...readers].map((each) => [each, [] as number[]]));
  const scale = options.scale ?? (() => 1);

  /** Real seconds to wait, when this key's minute is used up; a key that nobody has is refused elsewhere. */
  function spend(asking: string): number | undefined {
    const at = now().getTime();
    const spent = (recent.get(asking) ?? []).filter((each) => each > at - 60_000);
    const [oldest] = spent;
    const full = options.rateLimit !== false && spent.length >= perMinute;
    if (recent.has(asking)) recent.set(asking, full ? spent : [...spent, at]);
    if (!full || oldest === undefined) return undefined;
    return Math.max(1, Math.ceil((oldest + 60_000 - at) / (scale() || 1) / 1000));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (faults.down === 'refused') return void request.socket.destroy();
    const body = await readBody(request);
    await pause(faults.slowMs);
    if (faults.down === '503') return sendJson(response, 503, { error: 'Service unavailable' });
    const call = `${request.method} ${request.url}`;
    const asking = keyOf(request);
    const wait = spend(asking);
    if (wait !== undefined) {
      note(page, call, options.limitStatus ?? 420, 'Rate limit exceeded');
      const headers = { 'retry-after': String(wait) };
      return sendJson(response, options.limitStatus ?? 420, { error: 'Rate limit exceeded' }, headers);
    }
    const may = asking === key ? 'write' : readers.includes(asking) ? 'read' : 'nothing';
    const reply = handle(page, may, request, body ?? '');
    if (reply.status >= 400) note(page, call, reply.status, JSON.stringify(reply.body));
    page.changes.tell();
    if (losesAnswer(faults, call)) return void request.socket.destroy();
    sendJson(response, reply.status, reply.body);
  }

  const served = await serve((request, response) => void answer(request, response));
  return { url: `${served.url}/v1`, key, page, faults, stop: served.stop };
}

function keyOf(request: IncomingMessage): string {
  return /^OAuth (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

function note(page: StatusPage, call: string, status: number, error: string): void {
  page.refused.push({ at: page.now().toISOString(), call, status, error });
  page.changes.tell();
}

function handle(page: StatusPage, may: 'write' | 'read' | 'nothing', request: IncomingMessage, text: string): Reply {
  if (may === 'nothing') return { status: 401, body: { error: 'Could not authenticate' } };
  if (may === 'read' && request.method !== 'GET') return { status: 403, body: { error: 'Forbidden' } };
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const path = /^\/v1\/pages\/([^/]+)(\/.*)?$/.exec(url.pathname);
  if (path?.[1] !== page.id) return notFound;
  if (path[2] === undefined) return { status: 200, body: { id: page.id, name: page.title } };
  const body = parse(request.headers['content-type'] ?? '', text);
  if (body === undefined) return { status: 400, body: { error: 'Malformed request body' } };
  return route(page, request.method ?? 'GET', path[2], url.searchParams, body);
}

function parse(type: string, text: string): unknown {
  if (text === '') return {};
  if (!type.includes('application/json')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
