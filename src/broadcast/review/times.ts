import type { ReviewKind } from '../../store/reviews.ts';
import { later } from '../later.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Who is to read is reminded this long before it is due, when it is due, and every day after. */
const leadMs = 12 * hourMs;
const within: Record<ReviewKind, number> = { 'break-glass': dayMs, 'post-mortem': 2 * dayMs };

export function reviewDueAt(kind: ReviewKind, askedAt: Date): Date {
  return later(askedAt, within[kind]);
}

/** The first reminder after an instant: those that were missed are not made up for. */
export function reminderAfter(dueAt: Date, after: Date): Date {
  const first = later(dueAt, -leadMs);
  if (after < first) return first;
  const days = Math.floor((after.getTime() - dueAt.getTime()) / dayMs) + 1;
  return later(dueAt, Math.max(0, days) * dayMs);
}
