import { z } from 'zod';
import type { Broadcast } from '../../broadcast/broadcast.ts';
import { Duration, durationMs, Instant } from '../../domain/duration.ts';
import { roleNames } from '../../domain/home.ts';
import type { Clock } from '../../domain/ports/clock.ts';
import type { Incidents } from '../../incidents/incidents.ts';
import type { Recovery } from '../../recovery/recovery.ts';
import { defineWord, type Word } from './define-word.ts';
import { findIncident, IncidentChoice } from './find.ts';

const incident = IncidentChoice;
const one = z.strictObject({ incident });

/** When the impact began: an instant, or how long ago. */
const Began = z.union([Instant, Duration], {
  error: 'expected a time such as 2026-03-01T14:05Z, or how long ago, such as 15m',
});

const Declare = z.strictObject({
  title: z.string(),
  severity: z.string(),
  services: z.array(z.string()),
  began: Began.optional(),
  scenario: z.string().optional(),
  key: z.string().min(8).max(100),
});

/** The life of an incident, as the terminal asks for it. */
export function createIncidentWords(
  incidents: Incidents,
  recovery: Recovery,
  broadcast: Pick<Broadcast, 'draft' | 'publish'>,
  clock: Clock,
): Record<string, Word> {
  return {
    declare: defineWord(Declare, async ({ title, severity, services, began, scenario, key }, by) => {
      const impactBeganAt = beganAt(began, clock.now());
      const ask = { title, severity, services, impactBeganAt, requestKey: key };
      return { incident: await incidents.declare({ ...ask, ...(scenario !== undefined && { scenario }) }, by) };
    }),
    list: defineWord(z.strictObject({}), async () => {
      return { incidents: await incidents.list() };
    }),
    status: defineWord(one, async (ask) => {
      const incidentId = await findIncident(incidents, ask.incident);
      const [view, run, consents] = await Promise.all([
        incidents.view(incidentId),
        recovery.currentRun(incidentId),
        recovery.pendingConsents(incidentId),
      ]);
      return { incident: view, run, consents };
    }),
    assign: defineWord(
      z.strictObject({ incident, role: z.enum(roleNames), person: z.string().min(1) }),
      async (ask, by) => {
        const incidentId = await findIncident(incidents, ask.incident);
        return { said: await incidents.assign({ incidentId, role: ask.role, person: ask.person }, by) };
      },
    ),
    resolve: defineWord(one, async (ask, by) =>
      incidents.resolve({ incidentId: await findIncident(incidents, ask.incident) }, by),
    ),
    close: defineWord(one, async (ask, by) =>
      incidents.close({ incidentId: await findIncident(incidents, ask.incident) }, by),
    ),
    draft: defineWord(one, async (ask) => {
      return { draft: await broadcast.draft(await findIncident(incidents, ask.incident)) };
    }),
    publish: defineWord(z.strictObject({ incident, body: z.string().min(1).max(5000).optional() }), async (ask, by) => {
      const incidentId = await findIncident(incidents, ask.incident);
      return { said: await broadcast.publish({ incidentId, ...(ask.body !== undefined && { body: ask.body }) }, by) };
    }),
  };
}

function beganAt(began: string | undefined, now: Date): Date {
  if (began === undefined) return now;
  const ago = Duration.safeParse(began);
  return ago.success ? new Date(now.getTime() - durationMs(ago.data)) : new Date(began);
}
