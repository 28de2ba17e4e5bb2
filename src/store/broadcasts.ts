import type { Audience } from '../domain/audience.ts';
import type { BroadcastOrigin } from '../domain/facts.ts';
import type { Tx } from '../domain/ports/store.ts';
import { cleanText } from './clean.ts';
import { untried } from './outbox.ts';

export type BroadcastState = 'going' | 'delivered' | 'partly' | 'refused' | 'superseded';

/** One message to one audience. */
export interface BroadcastRow {
  id: string;
  incidentId: number;
  audience: Audience;
  origin: BroadcastOrigin;
  saidBy: string;
  saidAt: Date;
  body: string;
  state: BroadcastState;
  endedAt: Date | null;
  note: string | null;
}

/** Which newer words may take the place of words that nobody has tried to carry. */
export type GivesWay = 'to-any' | 'to-automatic' | 'never';

const columns = `id, incident_id::int as "incidentId", audience, origin, said_by as "saidBy", said_at as "saidAt", body,
  state, ended_at as "endedAt", note`;

export type NewBroadcast = Omit<BroadcastRow, 'state' | 'endedAt'> & { requestKey: string | null; givesWay?: GivesWay };

/** False when this request has told this audience before. */
export async function insertBroadcast(tx: Tx, row: NewBroadcast): Promise<boolean> {
  const rows = await tx.query(
    `insert into broadcast (id, incident_id, audience, origin, said_by, said_at, body, state, note, request_key,
       gives_way, covers)
     values ($1, $2, $3, $4, $5, $6, $7, 'going', $8, $9, $10,
       (select coalesce(max(id), 0) from timeline where incident_id = $2))
     on conflict (request_key, audience) do nothing returning id`,
    [
      row.id,
      row.incidentId,
      row.audience,
      row.origin,
      row.saidBy,
      row.saidAt,
      cleanText(row.body),
      row.note,
      row.requestKey,
      row.givesWay ?? 'never',
    ],
  );
  return rows.length > 0;
}

/** What one request has told, by audience. */
export async function broadcastsByRequest(tx: Tx, requestKey: string): Promise<BroadcastRow[]> {
  return tx.query<BroadcastRow>(`select ${columns} from broadcast where request_key = $1`, [requestKey]);
}

/** All that was said in an incident, in order. */
export async function broadcastsOf(tx: Tx, incidentId: number): Promise<BroadcastRow[]> {
  return tx.query<BroadcastRow>(`select ${columns} from broadcast where incident_id = $1 order by said_at, id`, [
    incidentId,
  ]);
}

export async function readBroadcast(tx: Tx, id: string): Promise<BroadcastRow | null> {
  const [row] = await tx.query<BroadcastRow>(`select ${columns} from broadcast where id = $1`, [id]);
  return row ?? null;
}

/** Messages to one audience that are still on their way, oldest first. */
export async function goingTo(tx: Tx, incidentId: number, audience: Audience): Promise<BroadcastRow[]> {
  return tx.query<BroadcastRow>(
    `select ${columns} from broadcast where incident_id = $1 and audience = $2 and state = 'going'
     order by said_at, id`,
    [incidentId, audience],
  );
}

/** Messages on their way whose place these newer words may take, as far as nobody has tried to carry them. */
export async function givingWay(
  tx: Tx,
  of: { incidentId: number; audience: Audience; toAutomatic: boolean },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from broadcast where incident_id = $1 and audience = $2 and state = 'going' and gives_way = any($3::text[])
     order by said_at, id`,
    [of.incidentId, of.audience, waysFor(of.toAutomatic)],
  );
  return rows.map((row) => row.id);
}

/**
 * The newest entry of the timeline that an audience has heard of, or will have: 0 when none. Words that reached nobody,
 * and those whose place the next ones take, are not counted: also where a channel alone lacks them, and mail has them.
 * Null while it has heard nothing at all.
 */
export async function coveredBefore(
  tx: Tx,
  of: { incidentId: number; audience: Audience; toAutomatic: boolean },
): Promise<number | null> {
  const giving = `b.state = 'going' and b.gives_way = any($3::text[])`;
  const [row] = await tx.query<{ covers: number | null }>(
    `select max(b.covers)::int as covers from broadcast b
     where b.incident_id = $1 and b.audience = $2 and b.state not in ('superseded', 'refused')
       and not exists (select 1 from outbox o where o.broadcast_id = b.id and o.document->>'to' <> 'email'
         and (o.state = 'superseded' or (${giving} and ${untried})))
       and not (${giving}
         and exists (select 1 from outbox o where o.broadcast_id = b.id)
         and not exists (select 1 from outbox o where o.broadcast_id = b.id and not (${untried})))`,
    [of.incidentId, of.audience, waysFor(of.toAutomatic)],
  );
  return row?.covers ?? null;
}

function waysFor(toAutomatic: boolean): GivesWay[] {
  return toAutomatic ? ['to-any', 'to-automatic'] : ['to-any'];
}

/** It has reached somebody, and all that is left of it is mail. */
export async function recordReached(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query('update broadcast set reached_at = $2 where id = $1 and reached_at is null', [id, at]);
}

/** What is to be known of it besides how it ends. */
export async function noteBroadcast(tx: Tx, id: string, note: string): Promise<void> {
  await tx.query('update broadcast set note = $2 where id = $1', [id, cleanText(note)]);
}

/** False when it has ended before; what was noted of it stays where its end says nothing. */
export async function endBroadcast(
  tx: Tx,
  id: string,
  end: { state: Exclude<BroadcastState, 'going'>; note: string | null; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `update broadcast set state = $2, note = coalesce($3, note), ended_at = $4 where id = $1 and state = 'going' returning id`,
    [id, end.state, end.note === null ? null : cleanText(end.note), end.at],
  );
  return rows.length > 0;
}
