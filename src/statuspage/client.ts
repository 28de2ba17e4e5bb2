import axios, { type AxiosInstance } from 'axios';
import PQueue from 'p-queue';
import { z } from 'zod';
import type { ComponentStatus, PublicStatus } from '../domain/notice.ts';
import { explainFailure } from './failure.ts';

/** Statuspage's v1 API, as far as Muster uses it. Source: developer.statuspage.io. */

export const RemoteIncident = z.object({
  id: z.string(),
  status: z.string(),
  shortlink: z
    .string()
    .nullish()
    .transform((link) => link ?? null),
  metadata: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((metadata) => metadata ?? {}),
  incident_updates: z
    .array(z.object({ status: z.string(), body: z.string().nullish(), created_at: z.string() }))
    .default([]),
});
export type RemoteIncident = z.infer<typeof RemoteIncident>;

export interface PublicPost {
  body: string;
  status: PublicStatus;
  components: Record<string, ComponentStatus>;
  notify: boolean;
}

/** By which an incident is found again: `{ incident: 'INC-7', store: … }`. */
export interface Origin {
  incident: string;
  store: string;
}

/** Each rejects with `StatuspageFailure`. */
export interface StatuspageClient {
  create(post: PublicPost & { name: string }, origin: Origin): Promise<RemoteIncident>;
  update(id: string, post: PublicPost): Promise<RemoteIncident>;
  read(id: string): Promise<RemoteIncident>;
  findUnresolved(origin: Origin): Promise<RemoteIncident | null>;
}

export interface ClientOptions {
  /** Ends in `/v1`. */
  baseUrl: string;
  key: string;
  page: string;
  timeoutMs?: number;
  /** Real milliseconds from one request to the next: Statuspage allows a key one in a second. */
  spacingMs?: number;
}

const perPage = 100;

export function createStatuspageClient(options: ClientOptions): StatuspageClient {
  const http = axios.create({
    baseURL: `${options.baseUrl.replace(/\/$/, '')}/pages/${encodeURIComponent(options.page)}`,
    headers: { Authorization: `OAuth ${options.key}`, 'Content-Type': 'application/json' },
    timeout: options.timeoutMs ?? 10_000,
    maxRedirects: 0,
  });
  const queue = new PQueue({ concurrency: 1, interval: options.spacingMs ?? 1000, intervalCap: 1 });
  const call = <T extends z.ZodType>(
    schema: T,
    doing: string,
    send: (http: AxiosInstance) => Promise<{ data: unknown }>,
  ) =>
    queue.add(async (): Promise<z.infer<T>> => {
      try {
        return schema.parse((await send(http)).data);
      } catch (error) {
        throw explainFailure(error, { page: options.page, doing }, options.key);
      }
    });
  return {
    create: (post, origin) =>
      call(RemoteIncident, 'open the incident', () =>
        http.post('/incidents', { incident: { name: post.name, ...fields(post), metadata: { muster: origin } } }),
      ),
    update: (id, post) =>
      call(RemoteIncident, 'update the incident', () => http.patch(pathOf(id), { incident: fields(post) })),
    read: (id) => call(RemoteIncident, 'read the incident', () => http.get(pathOf(id))),
    findUnresolved: (origin) =>
      findUnresolved(origin, (page) => {
        const params = { page, per_page: perPage };
        return call(z.array(RemoteIncident), 'list its incidents', () => http.get('/incidents/unresolved', { params }));
      }),
  };
}

async function findUnresolved(
  origin: Origin,
  list: (page: number) => Promise<RemoteIncident[]>,
): Promise<RemoteIncident | null> {
  for (let page = 1; ; page += 1) {
    const incidents = await list(page);
    const mine = incidents.find((incident) => isFrom(incident, origin));
    if (mine || incidents.length < perPage) return mine ?? null;
  }
}

const Metadata = z.object({ muster: z.object({ incident: z.string(), store: z.string() }) });

function isFrom(incident: RemoteIncident, origin: Origin): boolean {
  const metadata = Metadata.safeParse(incident.metadata);
  return (
    metadata.success && metadata.data.muster.incident === origin.incident && metadata.data.muster.store === origin.store
  );
}

function fields(post: PublicPost) {
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
