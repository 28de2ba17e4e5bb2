import type { Audience } from '../domain/audience.ts';
import type { Tx } from '../domain/ports/store.ts';

/** `Next update by …`, as one audience was told. */
export interface PromiseRow {
  id: number;
  incidentId: number;
  audience: Audience;
  promised: Date;
}

const columns = 'id::int, incident_id::int as "incidentId", audience, promised_at as promised';

/** Made in words that have not reached anybody yet. */
const madeToNobody = `(exists (select 1 from broadcast b where b.id = promise.made_by and b.state = 'going')
  and not exists (select 1 from outbox o where o.broadcast_id = promise.made_by and o.state = 'sent'))`;

/** Made in these words; it stands once they have reached somebody, and not before. */
export async function makePromise(
  tx: Tx,
  made: { incidentId: number; audience: Audience; at: Date; promised: Date; madeBy: string },
): Promise<void> {
  await tx.query(
    `insert into promise (incident_id, audience, made_at, promised_at, state, made_by)
     values ($1, $2, $3, $4, 'open', $5)`,
    [made.incidentId, made.audience, made.at, made.promised, made.madeBy],
  );
}

/** First words that were owed since the declaration and never said: broken, like a promise that was made in words. */
export async function recordUntold(
  tx: Tx,
  of: { incidentId: number; audience: Audience; owedSince: Date; promised: Date; at: Date },
): Promise<void> {
  await tx.query(
    `insert into promise (incident_id, audience, made_at, promised_at, state, ended_at)
     values ($1, $2, $3, $4, 'broken', $5)`,
    [of.incidentId, of.audience, of.owedSince, of.promised, of.at],
  );
}

/** These words answer what is open to their audience and has no answer on its way. */
export async function answerPromises(
  tx: Tx,
  of: { incidentId: number; audience: Audience; broadcastId: string },
): Promise<void> {
  await tx.query(
    `update promise set broadcast_id = $3
     where incident_id = $1 and audience = $2 and state = 'open' and broadcast_id is null`,
    [of.incidentId, of.audience, of.broadcastId],
  );
}

/** What other words were to answer is answered by these. */
export async function moveAnswers(tx: Tx, of: { from: readonly string[]; to: string }): Promise<void> {
  await tx.query(
    `update promise set broadcast_id = $2 where broadcast_id = any($1::text[]) and made_by is distinct from $2 and state = 'open'`,
    [of.from, of.to],
  );
}

/** These words will reach nobody: what they were to answer is open again, and what they promised was never heard. */
export async function withdrawAnswers(tx: Tx, broadcastId: string, at: Date): Promise<void> {
  await tx.query(`update promise set broadcast_id = null where broadcast_id = $1 and state = 'open'`, [broadcastId]);
  await tx.query(`update promise set state = 'released', ended_at = $2 where made_by = $1 and state = 'open'`, [
    broadcastId,
    at,
  ]);
}

/** What these words answered in time is kept. `brokenBefore`: a promise up to then has been broken, whoever answers. */
export async function keepPromises(tx: Tx, of: { broadcastId: string; at: Date; brokenBefore: Date }): Promise<void> {
  await tx.query(
    `update promise set state = 'kept', ended_at = $2
     where broadcast_id = $1 and state = 'open' and promised_at > $3`,
    [of.broadcastId, of.at, of.brokenBefore],
  );
}

/** Promises whose time was over by then and whose answer has reached all but mailboxes that put it off: kept. */
export async function keepReached(
  tx: Tx,
  of: { incidentId: number; at: Date; brokenBefore: Date; withinMs: number },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update promise p set state = 'kept', ended_at = $2 from broadcast b
     where p.incident_id = $1 and p.state = 'open' and p.promised_at <= $3 and b.id = p.broadcast_id
       and b.state = 'going' and b.reached_at < p.promised_at + $4::int * interval '1 millisecond'
       and not exists (select 1 from outbox o where o.broadcast_id = b.id and o.state in ('due', 'claimed')
         and not (o.document->>'to' = 'email' and o.attempts > 0))
     returning b.id`,
    [of.incidentId, of.at, of.brokenBefore, of.withinMs],
  );
  return [...new Set(rows.map((row) => row.id))];
}

/**
 * Open promises of an incident whose time was over by then become broken, and each is given once. One that was made in
 * words which have not reached anybody yet was made to nobody: it is released.
 */
export async function breakPromises(
  tx: Tx,
  of: { incidentId: number; at: Date; brokenBefore: Date },
): Promise<PromiseRow[]> {
  const ended = await tx.query<PromiseRow & { state: 'broken' | 'released' }>(
    `update promise set ended_at = $2, state = case when ${madeToNobody} then 'released' else 'broken' end
     where incident_id = $1 and state = 'open' and promised_at <= $3 returning ${columns}, state`,
    [of.incidentId, of.at, of.brokenBefore],
  );
  return ended.filter((row) => row.state === 'broken');
}

/** These audiences were still owed words and are told nothing more: what they were promised, and nothing answers, is broken. */
export async function breakUnanswered(
  tx: Tx,
  of: { incidentId: number; audiences: readonly Audience[]; at: Date },
): Promise<PromiseRow[]> {
  return tx.query<PromiseRow>(
    `update promise set state = 'broken', ended_at = $3
     where incident_id = $1 and audience = any($2::text[]) and state = 'open' and broadcast_id is null
       and not ${madeToNobody} returning ${columns}`,
    [of.incidentId, of.audiences, of.at],
  );
}

/** Nobody is waiting for what was promised: the incident is over. */
export async function releasePromises(tx: Tx, incidentId: number, at: Date): Promise<void> {
  await tx.query(`update promise set state = 'released', ended_at = $2 where incident_id = $1 and state = 'open'`, [
    incidentId,
    at,
  ]);
}

/** This audience is told nothing more: what it was promised, and no words on their way answer, falls away. */
export async function releaseUnanswered(
  tx: Tx,
  of: { incidentId: number; audience: Audience; at: Date },
): Promise<void> {
  await tx.query(
    `update promise set state = 'released', ended_at = $3
     where incident_id = $1 and audience = $2 and state = 'open' and broadcast_id is null`,
    [of.incidentId, of.audience, of.at],
  );
}

/** What this audience is waiting for, by the words that were last to promise it something. */
export async function promisedTo(tx: Tx, incidentId: number, audience: Audience): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date }>(
    `select promised_at as at from promise where incident_id = $1 and audience = $2 and state = 'open'
     order by id desc limit 1`,
    [incidentId, audience],
  );
  return row?.at ?? null;
}

/** Incidents that have a promise whose time was over by then. */
export async function incidentsWithBroken(tx: Tx, brokenBefore: Date): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select distinct incident_id::int as id from promise where state = 'open' and promised_at <= $1`,
    [brokenBefore],
  );
  return rows.map((row) => row.id);
}

export async function firstPromise(tx: Tx): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date | null }>(`select min(promised_at) as at from promise where state = 'open'`);
  return row?.at ?? null;
}

export interface PromiseCounts {
  audience: Audience;
  /** The newest that is open. */
  promised: Date | null;
  kept: number;
  broken: number;
}

export async function promisesOf(tx: Tx, incidentId: number): Promise<PromiseCounts[]> {
  return tx.query<PromiseCounts>(
    `select audience, (array_agg(promised_at order by id desc) filter (where state = 'open'))[1] as promised,
       count(*) filter (where state = 'kept')::int as kept, count(*) filter (where state = 'broken')::int as broken
     from promise where incident_id = $1 group by audience`,
    [incidentId],
  );
}
