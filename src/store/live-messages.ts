import type { JsonObject } from '../domain/json.ts';
import type { Notice } from '../domain/notice.ts';
import type { LiveMessage } from '../domain/ports/courier.ts';
import type { Tx } from '../domain/ports/store.ts';
import { beforeCommit } from './tx.ts';

/** A live message taken to be painted; `changed` is the state that the painting will show at least. */
export interface DueMessage extends LiveMessage {
  changed: number;
}

/** A message that was posted and is to be kept current; the first one stays. It is painted once more at once. */
export async function recordLive(
  tx: Tx,
  message: { key: string; notice: Notice; channel: string; ts: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into live_message (key, notice, channel, ts, due_at)
     values ($1, coalesce((select document->'notice' from outbox where key = $1), $2::jsonb), $3, $4, $5)
     on conflict (key) do nothing`,
    [message.key, JSON.stringify(message.notice), message.channel, message.ts, message.at],
  );
}

/**
 * Replaces what was handed over to be copied by `notice`, for all public words up to this row of the outbox: as posted,
 * and as it waits to be posted.
 */
export async function replaceCopies(
  tx: Tx,
  of: { incidentId: number; upTo: number; notice: Notice; at: Date },
): Promise<void> {
  const isOver = (notice: string) =>
    `key like 'to-copy:%' and ${notice}->>'live' = key and (${notice}->'button'->>'incidentId')::bigint = $1
     and split_part(key, ':', 2)::bigint <= $2`;
  const notice = JSON.stringify(of.notice);
  await tx.query(
    `update outbox set document = document || jsonb_build_object('notice', $3::jsonb || jsonb_build_object('live', key))
     where state in ('due', 'claimed') and case when document->'notice'->>'live' is null then false else ${isOver("document->'notice'")} end`,
    [of.incidentId, of.upTo, notice],
  );
  await tx.query(
    `update live_message set notice = $3::jsonb || jsonb_build_object('live', key), changed = changed + 1,
       due_at = greatest(due_at, $4)
     where case when notice->>'live' is null then false else ${isOver('notice')} end`,
    [of.incidentId, of.upTo, notice, of.at],
  );
}

const touched = new WeakMap<Tx, Map<string, Date>>();

/**
 * What it shows may have changed. Nothing happens while it has not been posted: it is posted as things are then. Written
 * just before the commit, one message after another by key: transactions that touch the same ones never wait in a ring.
 */
export function touchLive(tx: Tx, key: string, at: Date): void {
  const before = touched.get(tx);
  if (before) {
    before.set(key, at);
    return;
  }
  const first = new Map([[key, at]]);
  touched.set(tx, first);
  beforeCommit(tx, 'rows', () => writeTouches(tx, first));
}

async function writeTouches(tx: Tx, touches: ReadonlyMap<string, Date>): Promise<void> {
  for (const [key, at] of [...touches].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    await tx.query('update live_message set changed = changed + 1, due_at = greatest(due_at, $2) where key = $1', [
      key,
      at,
    ]);
  }
}

/** Takes one due message; another process leaves it alone until `leaseUntil`. */
export async function takeDue(tx: Tx, now: Date, leaseUntil: Date): Promise<DueMessage | null> {
  const [row] = await tx.query<Omit<DueMessage, 'notice'> & { notice: JsonObject }>(
    `update live_message m set due_at = $2
     where m.key = (
       select key from live_message where changed > painted and due_at <= $1
       order by due_at limit 1 for update skip locked)
     returning m.key, m.notice, m.channel, m.ts, m.shown, m.changed::int`,
    [now, leaseUntil],
  );
  return row ?? null;
}

/** Makes due again what a dead process had taken; only for whoever is alone with the store. */
export async function releaseTaken(tx: Tx, at: Date): Promise<void> {
  await tx.query('update live_message set due_at = least(due_at, $1) where changed > painted', [at]);
}

/** It shows `changed` now; not again before `nextAt`. */
export async function markPainted(
  tx: Tx,
  message: DueMessage,
  painted: { shown: string | null; nextAt: Date },
): Promise<void> {
  await tx.query(
    `update live_message set painted = greatest(painted, $2), shown = coalesce($3, shown), due_at = $4 where key = $1`,
    [message.key, message.changed, painted.shown, painted.nextAt],
  );
}

/** It could not be painted: again at `dueAt`. */
export async function postponeLive(tx: Tx, key: string, dueAt: Date): Promise<void> {
  await tx.query('update live_message set due_at = $2 where key = $1', [key, dueAt]);
}

/**
 * Time moves in headers of open incidents and in runs that have not ended: touches those not painted since `before`. Who
 * holds one of them touches it anyway.
 */
export async function touchClocks(tx: Tx, at: Date, before: Date): Promise<number> {
  const rows = await tx.query(
    `with behind as (
       select key from live_message m
       where changed = painted and due_at <= $2 and (
         (notice->>'kind' = 'incident-header' and exists (
           select 1 from incident i
           where i.id = (m.notice->>'incidentId')::bigint and i.phase not in ('resolved', 'closed')))
         or (notice->>'kind' = 'run' and exists (
           select 1 from run r where r.id = m.notice->>'runId' and r.status <> 'ended')))
       for update of m skip locked)
     update live_message m set changed = changed + 1, due_at = $1 from behind where m.key = behind.key
     returning m.key`,
    [at, before],
  );
  return rows.length;
}
