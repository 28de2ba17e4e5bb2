import { z } from 'zod';
import type { Broadcast } from '../../broadcast/broadcast.ts';
import { contactsFor, contactsOf, peopleToCall } from '../../domain/contacts.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Home } from '../../domain/home.ts';
import { incidentLabel } from '../../domain/incident.ts';
import type { Incidents } from '../../incidents/incidents.ts';
import type { Reports } from '../../reports/create-reports.ts';
import { defineWord, type Word } from './define-word.ts';
import { findIncident, IncidentChoice } from './find.ts';

const incident = IncidentChoice;
const one = z.strictObject({ incident });

export interface RecordParts {
  incidents: Incidents;
  broadcast: Pick<Broadcast, 'review'>;
  reports: Pick<Reports, 'report'>;
  home: Home;
}

/** What is kept of an incident and read afterwards, as the terminal asks for it. */
export function createRecordWords({ incidents, broadcast, reports, home }: RecordParts): Record<string, Word> {
  return {
    timeline: defineWord(one, async (ask, by) => {
      const incidentId = await findIncident(incidents, ask.incident);
      const entries = await incidents.timeline.list(incidentId, by);
      const { timezone, incident } = await incidents.view(incidentId);
      return { label: incidentLabel(incident), timezone, entries };
    }),
    note: defineWord(one.extend({ text: z.string().min(1).max(3000) }), async (ask, by) => {
      const incidentId = await findIncident(incidents, ask.incident);
      return { said: await incidents.timeline.note({ incidentId, text: ask.text }, by) };
    }),
    contacts: defineWord(one, async (ask) => {
      if (ask.incident === undefined) return { contacts: contactsOf(home), people: peopleToCall(home) };
      const { incident: about } = await incidents.view(ask.incident);
      return { contacts: contactsFor(home, about), people: peopleToCall(home) };
    }),
    severity: defineWord(one.extend({ severity: z.string().min(1).max(10) }), async (ask, by) => {
      const incidentId = await findIncident(incidents, ask.incident);
      return { said: await incidents.setSeverity({ incidentId, severity: ask.severity }, by) };
    }),
    report: defineWord(one, async (ask) => {
      return await reports.report(await findIncident(incidents, ask.incident));
    }),
    reviewed: defineWord(one.extend({ review: z.string().min(1).max(100).optional() }), async (ask, by) => {
      const reviewId =
        ask.review ?? (await findReview({ incidents, reports }, await findIncident(incidents, ask.incident)));
      return { said: await broadcast.review({ reviewId }, by) };
    }),
  };
}

/** The only thing of an incident that waits to be reviewed. */
async function findReview(
  { incidents, reports }: Pick<RecordParts, 'incidents' | 'reports'>,
  incidentId: number,
): Promise<string> {
  const label = incidentLabel((await incidents.view(incidentId)).incident);
  const { reviews } = await reports.report(incidentId);
  const [only, another] = reviews.filter((review) => review.reviewedBy === null);
  if (only === undefined) throw new Refusal(`Nothing of ${label} waits to be reviewed.`);
  if (another === undefined) return only.id;
  const waiting = reviews.filter((review) => review.reviewedBy === null).map(({ id, subject }) => `${id} (${subject})`);
  throw new Refusal(
    `Several reviews of ${label} wait: ${waiting.join('; ')}. Name one: muster reviewed ${only.id}.`,
    'review',
  );
}
