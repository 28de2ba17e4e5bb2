import { incidentLabel } from '../../domain/incident.ts';
import type { Store, Tx } from '../../domain/ports/store.ts';
import { sayInstant } from '../../domain/say-instant.ts';
import { readIncident } from '../../store/incidents.ts';
import { lockDueReviews, nextReminder, type ReviewRow, recordReminded } from '../../store/reviews.ts';
import type { WordsDeps } from '../deps.ts';
import { sayIn } from '../post.ts';
import { nameReview } from './name.ts';
import { reminderAfter } from './times.ts';

/** Reminds the commander of what nobody has reviewed. Returns when the next reminder is due, or null when none is. */
export async function watchReviews(deps: WordsDeps & { store: Store }): Promise<Date | null> {
  return deps.store.tx(async (tx) => {
    const now = deps.clock.now();
    for (const review of await lockDueReviews(tx, now)) await remind(deps, tx, review, now);
    return nextReminder(tx);
  });
}

async function remind(deps: WordsDeps, tx: Tx, review: ReviewRow, now: Date): Promise<void> {
  await recordReminded(tx, review.id, reminderAfter(review.dueAt, now));
  const incident = await readIncident(tx, review.incidentId);
  if (!incident) return;
  const text = deps.say('review-due', {
    label: incidentLabel(incident),
    title: incident.title,
    what: nameReview(review),
    due: sayInstant(review.dueAt, deps.home.timezone),
    late: now > review.dueAt,
  });
  const key = `review-due:${review.id}:${review.reminded + 1}`;
  await sayIn(deps, tx, { incidentId: incident.id, key, text, mention: [incident.commander] });
}
