import type { Tx } from '../domain/ports/store.ts';

/** Words for the status page that have not arrived there. */
export interface WaitingWords {
  id: number;
  key: string;
  state: 'due' | 'claimed';
  attempts: number;
  broadcastId: string | null;
}

/** In the order in which they were decided; held until the transaction ends. */
export async function waitingFor(tx: Tx, incidentId: number): Promise<WaitingWords[]> {
  return tx.query<WaitingWords>(
    `select id::int, key, state, attempts, broadcast_id as "broadcastId" from outbox
     where document->>'to' = 'statuspage' and (document->>'incidentId')::bigint = $1 and state in ('due', 'claimed')
     order by id for no key update`,
    [incidentId],
  );
}

/** Whether words for the page are still on their way although what they answer was promised for earlier. */
export async function isPastPromise(tx: Tx, incidentId: number): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from promise p join broadcast b on b.id = p.broadcast_id
     where p.incident_id = $1 and p.audience = 'public' and p.state = 'broken' and b.state = 'going' limit 1`,
    [incidentId],
  );
  return rows.length > 0;
}

/** They were never tried, and a person has put them, or newer ones, there: they are not sent any more. */
export async function endUntried(tx: Tx, of: { ids: readonly number[]; by: string; at: Date }): Promise<void> {
  await tx.query(
    `update outbox set state = 'sent', ended_at = $2, receipt = jsonb_build_object('posted', $3::text)
     where id = any($1::bigint[]) and state = 'due' and attempts = 0`,
    [of.ids, of.at, of.by],
  );
}

/** They may have arrived: whoever carries them looks first, and at once. */
export async function lookByHand(tx: Tx, of: { ids: readonly number[]; at: Date }): Promise<void> {
  await tx.query(
    `update outbox o set due_at = case when o.state = 'due' then $2 else o.due_at end,
       document = o.document || jsonb_build_object('byHand', jsonb_build_object('since', b.said_at))
     from broadcast b where b.id = o.broadcast_id and o.id = any($1::bigint[])`,
    [of.ids, of.at],
  );
}
