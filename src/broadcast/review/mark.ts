import { Refusal } from '../../domain/errors.ts';
import { incidentLabel } from '../../domain/incident.ts';
import { type Person, refuseUnless } from '../../domain/person.ts';
import type { Store, Tx } from '../../domain/ports/store.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { appendAudit } from '../../store/audit.ts';
import { recordGlassReviewed } from '../../store/consents.ts';
import { readIncident } from '../../store/incidents.ts';
import { lockReview, type ReviewRow, recordReviewed } from '../../store/reviews.ts';
import { rolesOf } from '../../store/roles.ts';
import type { WordsDeps } from '../deps.ts';
import { touch } from '../post.ts';
import { nameReview } from './name.ts';

/** A person has read it: nobody is reminded any more. Answers in one sentence, also who has read it already. */
export async function markReviewed(
  deps: Pick<WordsDeps, 'clock' | 'real'> & { store: Store },
  ask: { reviewId: string },
  by: Person,
): Promise<string> {
  return deps.store.tx(async (tx) => {
    const review = await lockReview(tx, ask.reviewId);
    if (!review) throw new Refusal(`There is no review ${ask.reviewId}: /dr status shows what is to be read.`);
    refuseUnless(await rolesOf(tx, review.incidentId, by), 'review');
    refuseOwnGlass(review, by);
    const { kind = 'incident' } = (await readIncident(tx, review.incidentId)) ?? {};
    const what = `${nameReview(review)} of ${incidentLabel({ id: review.incidentId, kind })}`;
    if (review.reviewedAt)
      return `${what} was reviewed by ${review.reviewedBy} at ${sayUtc(review.reviewedAt)} already.`;
    await record(deps, tx, review, by);
    return `${what} is reviewed.`;
  });
}

function refuseOwnGlass({ kind, glassBy }: ReviewRow, by: Person): void {
  if (kind !== 'break-glass' || (glassBy !== by.name && glassBy !== by.slack)) return;
  throw new Refusal('You broke this glass yourself: another commander or approver has to review why.');
}

async function record(deps: Pick<WordsDeps, 'clock' | 'real'>, tx: Tx, review: ReviewRow, by: Person): Promise<void> {
  const at = deps.clock.now();
  await recordReviewed(tx, review.id, by.name, at);
  if (review.kind === 'break-glass') await recordGlassReviewed(tx, review.subject, at);
  await appendAudit(tx, {
    at,
    who: by.name,
    door: by.door,
    what: 'review.done',
    incidentId: review.incidentId,
    runId: null,
    detail: { review: review.id, kind: review.kind, subject: review.subject },
  });
  await tx.tell({ kind: 'ReviewDone', incidentId: review.incidentId, reviewId: review.id, by: by.name });
  await touch(deps, tx, { kind: 'review', reviewId: review.id });
}
