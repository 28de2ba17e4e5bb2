import type { JsonObject } from '../domain/json.ts';
import type { Outgoing } from '../domain/notice.ts';
import type { Tx } from '../domain/ports/store.ts';

export interface OutboxRow {
  id: number;
  key: string;
  lane: string;
  document: Outgoing;
  /** How often it has been claimed, this time included. */
  attempts: number;
}

const columns = 'o.id::int, o.key, o.lane, o.document, o.attempts';

/** Says it once: a row with this key that exists already stays as it is. */
export async function enqueue(
  tx: Tx,
  row: { key: string; lane: string; document: Outgoing; dueAt: Date },
): Promise<void> {
  await tx.query(
    'insert into outbox (key, lane, document, due_at) values ($1, $2, $3, $4) on conflict (key) do nothing',
    [row.key, row.lane, JSON.stringify(row.document), row.dueAt],
  );
}

/**
 * Claims the head of one lane to a destination: what is due, or what was claimed before `staleBefore` by a process that
 * has not been heard of since. A lane whose head is claimed, or due later, waits; the others do not.
 */
export async function claimNext(
  tx: Tx,
  claim: { to: Outgoing['to']; now: Date; staleBefore: Date },
): Promise<OutboxRow | null> {
  const [row] = await tx.query<OutboxRow>(
    `with head as (
       select o.id from outbox o
       where o.document->>'to' = $1
         and ((o.state = 'due' and o.due_at <= $2) or (o.state = 'claimed' and o.claimed_at <= $3))
         and not exists (
           select 1 from outbox e where e.lane = o.lane and e.id < o.id and e.state in ('due', 'claimed'))
       order by o.due_at, o.id
       limit 1
       for update skip locked)
     update outbox o set state = 'claimed', claimed_at = $2, attempts = o.attempts + 1
     from head where o.id = head.id
     returning ${columns}`,
    [claim.to, claim.now, claim.staleBefore],
  );
  return row ?? null;
}

/** Makes due again what a dead process had claimed; only for whoever is alone with the store. */
export async function releaseClaims(tx: Tx, at: Date): Promise<void> {
  await tx.query(`update outbox set state = 'due', due_at = $1 where state = 'claimed'`, [at]);
}

/** Still at it. False when the claim was lost to another process. */
export async function renewClaim(tx: Tx, row: OutboxRow, at: Date): Promise<boolean> {
  return touched(tx, row, 'claimed_at = $3', [at]);
}

/** Each of these is false, and does nothing, when the claim was lost to another process. */
export async function markSent(tx: Tx, row: OutboxRow, receipt: JsonObject, at: Date): Promise<boolean> {
  return touched(tx, row, `state = 'sent', ended_at = $3, receipt = $4`, [at, JSON.stringify(receipt)]);
}

export async function markRefused(tx: Tx, row: OutboxRow, why: string, at: Date): Promise<boolean> {
  return touched(tx, row, `state = 'refused', ended_at = $3, why = $4`, [at, why]);
}

export async function markLater(tx: Tx, row: OutboxRow, why: string, dueAt: Date): Promise<boolean> {
  return touched(tx, row, `state = 'due', due_at = $3, why = $4`, [dueAt, why]);
}

async function touched(tx: Tx, row: OutboxRow, set: string, values: readonly unknown[]): Promise<boolean> {
  const rows = await tx.query(
    `update outbox set ${set} where id = $1 and attempts = $2 and state = 'claimed' returning id`,
    [row.id, row.attempts, ...values],
  );
  return rows.length > 0;
}

export interface Backlog {
  to: Outgoing['to'];
  waiting: number;
  /** Within the last hours. */
  refused: number;
  /** What the far end, or the lack of an answer, was last; of those that wait, if any do. */
  why: string;
}

/** Hours for which words that were refused are held against their destination. */
export const refusedHours = 6;

/** Destinations that have words which were tried and did not get through. */
export async function readBacklog(tx: Tx): Promise<Backlog[]> {
  return tx.query<Backlog>(
    `select document->>'to' as "to",
       count(*) filter (where state <> 'refused')::int as waiting,
       count(*) filter (where state = 'refused')::int as refused,
       (array_agg(why order by state = 'refused', id desc))[1] as why
     from outbox
     where why is not null and (
       (state in ('due', 'claimed') and attempts > 1)
       or (state = 'refused' and ended_at > now() - $1::int * interval '1 hour'))
     group by 1 order by 1`,
    [refusedHours],
  );
}
