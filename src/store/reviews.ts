import type { Tx } from '../domain/ports/store.ts';

export type ReviewKind = 'post-mortem' | 'break-glass';

/** Something that a person is to read afterwards. */
export interface ReviewRow {
  id: string;
  incidentId: number;
  kind: ReviewKind;
  /** Of a broken glass the consent's id; of a post-mortem the incident's label. */
  subject: string;
  askedAt: Date;
  dueAt: Date;
  remindAt: Date;
  reminded: number;
  reviewedBy: string | null;
  reviewedAt: Date | null;
  /** Of a broken glass: who broke it, and why; null of a post-mortem. */
  glassBy: string | null;
  glassReason: string | null;
  glassCode: string | null;
}

const columns = `r.id, r.incident_id::int as "incidentId", r.kind, r.subject, r.asked_at as "askedAt", r.due_at as "dueAt",
  r.remind_at as "remindAt", r.reminded, r.reviewed_by as "reviewedBy", r.reviewed_at as "reviewedAt",
  c.glass_broken_by as "glassBy", c.glass_reason as "glassReason", c.code as "glassCode"`;
const joined = `review r left join consent c on r.kind = 'break-glass' and c.id = r.subject`;

/** False when it was asked before. */
export async function insertReview(
  tx: Tx,
  review: Pick<ReviewRow, 'id' | 'incidentId' | 'kind' | 'subject' | 'askedAt' | 'dueAt' | 'remindAt'>,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into review (id, incident_id, kind, subject, asked_at, due_at, remind_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
    [review.id, review.incidentId, review.kind, review.subject, review.askedAt, review.dueAt, review.remindAt],
  );
  return rows.length > 0;
}

export async function readReview(tx: Tx, id: string): Promise<ReviewRow | null> {
  const [row] = await tx.query<ReviewRow>(`select ${columns} from ${joined} where r.id = $1`, [id]);
  return row ?? null;
}

/** Held until the transaction ends. */
export async function lockReview(tx: Tx, id: string): Promise<ReviewRow | null> {
  const [row] = await tx.query<ReviewRow>(`select ${columns} from ${joined} where r.id = $1 for no key update of r`, [
    id,
  ]);
  return row ?? null;
}

/** In the order in which they were asked. */
export async function reviewsOf(tx: Tx, incidentId: number): Promise<ReviewRow[]> {
  return tx.query<ReviewRow>(`select ${columns} from ${joined} where r.incident_id = $1 order by r.asked_at, r.id`, [
    incidentId,
  ]);
}

/** Those whose next reminder is due, each held by one process only. */
export async function lockDueReviews(tx: Tx, now: Date): Promise<ReviewRow[]> {
  return tx.query<ReviewRow>(
    `select ${columns} from ${joined} where r.reviewed_at is null and r.remind_at <= $1
     order by r.remind_at, r.id for update of r skip locked`,
    [now],
  );
}

/** When the next reminder is due; null when none is. */
export async function nextReminder(tx: Tx): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date | null }>(
    'select min(remind_at) as at from review where reviewed_at is null',
  );
  return row?.at ?? null;
}

export async function recordReminded(tx: Tx, id: string, remindAt: Date): Promise<void> {
  await tx.query('update review set reminded = reminded + 1, remind_at = $2 where id = $1', [id, remindAt]);
}

/** False when somebody has reviewed it before. */
export async function recordReviewed(tx: Tx, id: string, by: string, at: Date): Promise<boolean> {
  const rows = await tx.query(
    'update review set reviewed_by = $2, reviewed_at = $3 where id = $1 and reviewed_at is null returning id',
    [id, by, at],
  );
  return rows.length > 0;
}
