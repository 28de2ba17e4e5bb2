import { sayInstant } from '../../domain/say-instant.ts';
import type { ReviewView } from '../../domain/views.ts';
import type { Wire } from '../wire.ts';

/** What still waits to be reviewed, a line each; empty when nothing does. */
export function presentReviews(reviews: readonly Wire<ReviewView>[]): string {
  return reviews
    .filter((review) => review.reviewedBy === null)
    .map(({ id, subject, dueAt, now, timezone }) => {
      const due = sayInstant(new Date(dueAt), timezone);
      const late = Date.parse(now) > Date.parse(dueAt) ? `overdue since ${due}` : `due ${due}`;
      return `To be reviewed, ${late}: ${subject} Then: muster reviewed ${id}`;
    })
    .join('\n');
}
