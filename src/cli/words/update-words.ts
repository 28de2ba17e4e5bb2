import { z } from 'zod';
import type { Broadcast, UpdateAsk, UpdateForm } from '../../broadcast/broadcast.ts';
import { type Audience, audiences } from '../../domain/audience.ts';
import { Duration, durationMs } from '../../domain/duration.ts';
import { Refusal } from '../../domain/errors.ts';
import { advice } from '../../domain/nearest.ts';
import { type ComponentStatus, componentStatuses, publicStatuses } from '../../domain/notice.ts';
import type { Person } from '../../domain/person.ts';
import type { Incidents } from '../../incidents/incidents.ts';
import { defineWord, type Word } from './define-word.ts';
import { findIncident, IncidentChoice } from './find.ts';

const incident = IncidentChoice;
const longest = 10_000;

const Update = z.strictObject({
  incident,
  audiences: z.array(z.enum(audiences)).min(1, 'name at least one audience'),
  inside: z.string().max(longest).default(''),
  outside: z.string().max(longest).default(''),
  status: z.enum(publicStatuses).optional(),
  notify: z.boolean().default(false),
  /** By service: what is not named stays as the page shows it. */
  components: z.record(z.string(), z.enum(componentStatuses)).default({}),
});
type Update = z.infer<typeof Update>;

export type UpdateParts = Pick<Broadcast, 'updates' | 'ack'>;

/** What people are told at intervals, as the terminal asks for it. */
export function createUpdateWords(incidents: Incidents, { updates, ack }: UpdateParts): Record<string, Word> {
  const read = async (ask: Update, by: Person): Promise<UpdateAsk> => {
    const incidentId = await findIncident(incidents, ask.incident);
    const told = [...new Set(ask.audiences)];
    const page = told.includes('public') ? pageOf(await updates.form(incidentId, by), ask) : null;
    refuseUselessPage(ask, told);
    return { incidentId, audiences: told, inside: ask.inside, outside: ask.outside, page };
  };
  return {
    update: defineWord(Update.extend({ key: z.string().min(8).max(100) }), async ({ key, ...ask }, by) => ({
      said: await updates.send({ ...(await read(ask, by)), requestKey: key }, by),
    })),
    'preview-update': defineWord(Update, async (ask, by) => {
      return { previews: (await updates.preview(await read(ask, by), by)).previews };
    }),
    snooze: defineWord(z.strictObject({ incident, for: Duration.optional() }), async (ask, by) => {
      const incidentId = await findIncident(incidents, ask.incident);
      return {
        said: await updates.snooze({ incidentId, ...(ask.for !== undefined && { forMs: durationMs(ask.for) }) }, by),
      };
    }),
    posted: defineWord(z.strictObject({ incident }), async (ask, by) => ({
      said: await updates.posted({ incidentId: await findIncident(incidents, ask.incident) }, by),
    })),
    ack: defineWord(z.strictObject({ incident }), async (ask, by) => ({
      said: await ack({ incidentId: await findIncident(incidents, ask.incident) }, by),
    })),
  };
}

/** What the page is to show: as it is, but for what was asked. Null where there is none, which is refused later. */
function pageOf({ page }: UpdateForm, { status, notify, components }: Update): UpdateAsk['page'] {
  if (!page) return null;
  const shown = Object.entries(page.components);
  const services = shown.map(([, component]) => component.service);
  const unknown = Object.keys(components).find((service) => !services.includes(service));
  if (unknown !== undefined)
    throw new Refusal(
      `The page shows no service ${unknown} of this incident: ${advice(unknown, services)}`,
      'components',
    );
  const wanted = shown.map(([id, at]): [string, ComponentStatus] => [id, components[at.service] ?? at.status]);
  return { status: status ?? page.status, notify, components: Object.fromEntries(wanted) };
}

function refuseUselessPage({ status, notify, components }: Update, told: readonly Audience[]): void {
  if (told.includes('public')) return;
  const field = status ? 'status' : notify ? 'notify' : Object.keys(components).length > 0 ? 'components' : null;
  if (field === null) return;
  throw new Refusal('What the status page shows is for words to the public: add --to public.', field);
}
