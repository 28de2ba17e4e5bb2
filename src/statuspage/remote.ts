import { z } from 'zod';
import type { PageOrigin } from '../domain/ports/courier.ts';

/** What Statuspage's v1 API answers, as far as Muster reads it. Source: developer.statuspage.io. */

export const RemoteIncident = z.object({
  id: z.string(),
  name: z.string().default(''),
  status: z.string(),
  created_at: z.string().nullish(),
  shortlink: z
    .string()
    .nullish()
    .transform((link) => link ?? null),
  metadata: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((metadata) => metadata ?? {}),
  incident_updates: z
    .array(
      z.object({
        status: z.string(),
        body: z.string().nullish(),
        created_at: z.string(),
        affected_components: z.array(z.object({ code: z.string(), new_status: z.string() })).nullish(),
      }),
    )
    .default([]),
  /** As they are now, whoever changed them last. */
  components: z.array(z.object({ id: z.string(), status: z.string() })).nullish(),
});
export type RemoteIncident = z.infer<typeof RemoteIncident>;

export const RemoteComponent = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  /** Groups are listed among the components, and take no status of their own. */
  group: z
    .boolean()
    .nullish()
    .transform((group) => group ?? false),
});
export type RemoteComponent = z.infer<typeof RemoteComponent>;

const Marked = z.object({ muster: z.object({ incident: z.string(), store: z.string(), declared: z.string() }) });

export function isFrom(incident: RemoteIncident, origin: PageOrigin): boolean {
  const marked = Marked.safeParse(incident.metadata);
  if (!marked.success) return false;
  const { muster } = marked.data;
  return muster.incident === origin.incident && muster.store === origin.store && muster.declared === origin.declared;
}

/** Whether people have opened it: nothing of Muster's is on it. */
export function isByHand(incident: RemoteIncident): boolean {
  return !('muster' in incident.metadata);
}

export function newestUpdate(incident: RemoteIncident): RemoteIncident['incident_updates'][number] | undefined {
  const [newest] = incident.incident_updates.toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return newest;
}
