import type { JsonObject } from '../domain/json.ts';
import type { Outgoing } from '../domain/notice.ts';
import type { Tx } from '../domain/ports/store.ts';
import { toJsonb } from './clean.ts';

export interface OutboxRow {
  id: number;
  key: string;
  lane: string;
  document: Outgoing;
  /** How often it has been claimed, this time included. */
  attempts: number;
  /** An earlier attempt may have done something at the far end. */
  doubtful: boolean;
  /** The message to an audience that it carries to one destination. */
  broadcastId: string | null;
}

const columns = `o.id::int, o.key, o.lane, o.document, o.attempts, head.doubtful, o.broadcast_id as "broadcastId"`;

/** Says it once: a row with this key that exists already stays as it is. */
export async function enqueue(
  tx: Tx,
  row: { key: string; lane: string; document: Outgoing; dueAt: Date; broadcastId?: string },
): Promise<void> {
  await tx.query(
    `insert into outbox (key, lane, document, due_at, broadcast_id) values ($1, $2, $3, $4, $5)
     on conflict (key) do nothing`,
    [row.key, row.lane, toJsonb(row.document), row.dueAt, row.broadcastId ?? null],
  );
}

/** Whether there is a row with this key, whatever has become of it. */
export async function isEnqueued(tx: Tx, key: string): Promise<boolean> {
  return (await tx.query('select 1 from outbox where key = $1', [key])).length > 0;
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
       select o.id, o.doubtful from outbox o
       where o.document->>'to' = $1
         and ((o.state = 'due' and o.due_at <= $2) or (o.state = 'claimed' and o.claimed_at <= $3))
         and not exists (
           select 1 from outbox e where e.lane = o.lane and e.id < o.id and e.state in ('due', 'claimed'))
       order by o.due_at, o.id
       limit 1
       for update skip locked)
     update outbox o set state = 'claimed', claimed_at = $2, attempts = o.attempts + 1, doubtful = true
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

export async function markLater(
  tx: Tx,
  row: OutboxRow,
  of: { why: string; dueAt: Date; untouched: boolean },
): Promise<boolean> {
  const doubtful = row.doubtful || !of.untouched;
  return touched(tx, row, `state = 'due', due_at = $3, why = $4, doubtful = $5`, [of.dueAt, of.why, doubtful]);
}

async function touched(tx: Tx, row: OutboxRow, set: string, values: readonly unknown[]): Promise<boolean> {
  const rows = await tx.query(
    `update outbox set ${set} where id = $1 and attempts = $2 and state = 'claimed' returning id`,
    [row.id, row.attempts, ...values],
  );
  return rows.length > 0;
}

export interface CarriedRow {
  document: Outgoing;
  state: 'due' | 'claimed' | 'sent' | 'refused' | 'superseded';
  attempts: number;
  why: string | null;
}

/** What carries one message to its destinations, in the order in which it was decided. */
export async function rowsOfBroadcast(tx: Tx, broadcastId: string): Promise<CarriedRow[]> {
  return tx.query<CarriedRow>('select document, state, attempts, why from outbox where broadcast_id = $1 order by id', [
    broadcastId,
  ]);
}

/** In SQL, of a row `o`: newer words may take its place. What opens or changes the page is built on by what follows. */
export const untried = `o.state = 'due' and o.attempts = 0 and (o.document->>'to' <> 'statuspage'
  or (o.document->>'do' = 'update' and o.document->'components' = '{}'::jsonb))`;

/**
 * Takes back what these messages have never been tried with, newer words being there. What opens a public incident, or
 * changes a component, stays: what comes after it builds on it.
 */
export async function supersedeUntried(tx: Tx, broadcastIds: readonly string[], at: Date): Promise<void> {
  await tx.query(
    `update outbox o set state = 'superseded', ended_at = $2 where o.broadcast_id = any($1::text[]) and ${untried}`,
    [broadcastIds, at],
  );
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
