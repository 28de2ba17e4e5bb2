import { muster } from '../../domain/identity.ts';
import { type Incident, incidentLabel } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { insertReview, type ReviewKind } from '../../store/reviews.ts';
import type { WordsDeps } from '../deps.ts';
import { post } from '../post.ts';
import { reminderAfter, reviewDueAt } from './times.ts';

export interface ReviewAsk {
  incident: Incident;
  kind: ReviewKind;
  /** Of a broken glass the consent's id; of a post-mortem the incident's label. */
  subject: string;
}

/** Asks once for something to be read by a person, in the incident's channel. */
export async function askReview(deps: WordsDeps, tx: Tx, { incident, kind, subject }: ReviewAsk): Promise<void> {
  const askedAt = deps.clock.now();
  const dueAt = reviewDueAt(kind, askedAt);
  const review = { id: deps.ids.next('review'), incidentId: incident.id, kind, subject, askedAt, dueAt };
  if (!(await insertReview(tx, { ...review, remindAt: reminderAfter(dueAt, askedAt) }))) return;
  const place = { in: 'incident', incidentId: incident.id } as const;
  await post(deps, tx, { place, notice: { kind: 'review', reviewId: review.id } });
  await appendAudit(tx, {
    at: askedAt,
    who: muster.name,
    door: muster.door,
    what: 'review.asked',
    incidentId: incident.id,
    runId: null,
    detail: { review: review.id, kind, subject, dueAt: dueAt.toISOString() },
  });
  await tx.tell({ kind: 'ReviewAsked', incidentId: incident.id, reviewId: review.id });
}

/** The incident is resolved: its post-mortem is to be read and made good. */
export async function askPostMortem(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  await askReview(deps, tx, { incident, kind: 'post-mortem', subject: incidentLabel(incident) });
}
