import axios, { type AxiosInstance } from 'axios';
import { z } from 'zod';
import type { ComponentStatus, PublicStatus } from '../domain/notice.ts';
import type { PageOrigin } from '../domain/ports/courier.ts';
import { explainFailure, StatuspageFailure } from './failure.ts';
import { limiterOf } from './limiter.ts';
import { RemoteComponent, RemoteIncident } from './remote.ts';

export interface Post {
  body: string;
  status: PublicStatus;
  components: Record<string, ComponentStatus>;
  notify: boolean;
}

/** Statuspage's v1 API, as far as Muster uses it. Each rejects with `StatuspageFailure`. */
export interface StatuspageClient {
  create(post: Post & { name: string }, origin: PageOrigin): Promise<RemoteIncident>;
  /** With an origin it is marked as Muster's from now on. */
  update(id: string, post: Post, origin?: PageOrigin): Promise<RemoteIncident>;
  read(id: string): Promise<RemoteIncident>;
  /** All that are not over. One list serves all who ask within `maxAgeMs` (real milliseconds) of when it was asked for. */
  unresolved(maxAgeMs: number): Promise<RemoteIncident[]>;
  /** The newest hundred, whatever their state. */
  recent(): Promise<RemoteIncident[]>;
  components(): Promise<RemoteComponent[]>;
}

export interface ClientOptions {
  /** Ends in `/v1`. */
  baseUrl: string;
  key: string;
  page: string;
  /** Real milliseconds since some moment. */
  elapsed(): number;
  timeoutMs?: number;
  /** Real milliseconds from one request to the next: Statuspage allows a key one in a second. */
  spacingMs?: number;
  /** Told how many seconds a request waited for its turn. */
  onWait?: (seconds: number) => void;
}

const perPage = 100;
/** Bytes; a hundred incidents with all that was said of them have far fewer. */
const largestAnswer = 16 * 1024 * 1024;
const Incidents = z.array(RemoteIncident);

export function createStatuspageClient(options: ClientOptions): StatuspageClient {
  const call = caller(options);
  const list = <T extends z.ZodType>(each: T, doing: string, path: string): Promise<z.infer<T>[]> =>
    everyPage((page) => call(z.array(each), doing, (http) => http.get(path, { params: { page, per_page: perPage } })));
  const listed = remembered(options.elapsed, () => list(RemoteIncident, 'list its incidents', '/incidents/unresolved'));
  return {
    create: (post, origin) =>
      call(RemoteIncident, 'open the incident', (http) =>
        http.post('/incidents', { incident: { name: post.name, ...fields(post), metadata: { muster: origin } } }),
      ).catch((error: unknown) => {
        // It may be there although the answer was lost: a list from before it would hide it.
        listed.forget();
        throw error;
      }),
    update: (id, post, origin) =>
      call(RemoteIncident, 'update the incident', (http) =>
        http.patch(pathOf(id), { incident: { ...fields(post), ...(origin && { metadata: { muster: origin } }) } }),
      ),
    read: (id) => call(RemoteIncident, 'read the incident', (http) => http.get(pathOf(id))),
    unresolved: listed.read,
    recent: () =>
      call(Incidents, 'list its incidents', (http) => http.get('/incidents', { params: { limit: perPage } })),
    components: () => list(RemoteComponent, 'list its components', '/components'),
  };
}

type Call = <T extends z.ZodType>(
  schema: T,
  doing: string,
  send: (http: AxiosInstance) => Promise<{ data: unknown }>,
) => Promise<z.infer<T>>;

function caller({ baseUrl, key, page, elapsed, timeoutMs = 10_000, spacingMs = 1000, onWait }: ClientOptions): Call {
  const http = axios.create({
    baseURL: `${baseUrl.replace(/\/$/, '')}/pages/${encodeURIComponent(page)}`,
    headers: { Authorization: `OAuth ${key}`, 'Content-Type': 'application/json' },
    timeout: timeoutMs,
    maxRedirects: 0,
    maxContentLength: largestAnswer,
  });
  const limiter = limiterOf({ baseUrl, key, spacingMs, elapsed });
  return (schema, doing, send) => {
    const asked = elapsed();
    return limiter.run(async () => {
      onWait?.((elapsed() - asked) / 1000);
      try {
        return schema.parse((await send(http)).data);
      } catch (error) {
        const failure = explainFailure(error, { page, doing }, key);
        if (failure.limited && failure.afterMs !== null) limiter.wait(failure.afterMs);
        throw failure;
      }
    });
  };
}

/** A list that is asked for by many at once is read once. */
function remembered<T>(elapsed: () => number, ask: () => Promise<T>) {
  let last: { at: number; list: Promise<T> } | null = null;
  const forget = (): void => {
    last = null;
  };
  const read = (maxAgeMs: number): Promise<T> => {
    if (last && elapsed() - last.at <= maxAgeMs) return last.list;
    const fresh = { at: elapsed(), list: ask() };
    last = fresh;
    fresh.list.catch(() => {
      if (last === fresh) forget();
    });
    return fresh.list;
  };
  return { read, forget };
}

/** A far end that pays no heed to the page would answer for ever. */
const mostPages = 50;
const listWaitMs = 60_000;

async function everyPage<T>(list: (page: number) => Promise<T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const some = await list(page);
    all.push(...some);
    if (some.length < perPage) return all;
  }
  throw new StatuspageFailure(
    `Statuspage lists more than ${mostPages * perPage} entries, or does not end its list: it is not known what is there.`,
    listWaitMs,
  );
}

function fields(post: Post) {
  const ids = Object.keys(post.components);
  return {
    status: post.status,
    body: post.body,
    deliver_notifications: post.notify,
    ...(ids.length > 0 && { component_ids: ids, components: post.components }),
  };
}

function pathOf(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`;
}
