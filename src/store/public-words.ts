import type { Tx } from '../domain/ports/store.ts';

/** Words for the status page that have not arrived there. */
export interface WaitingWords {
  id: number;
  key: string;
  attempts: number;
  broadcastId: string | null;
}

/** In the order in which they were decided; held until the transaction ends. */
export async function waitingFor(tx: Tx, incidentId: number): Promise<WaitingWords[]> {
  return tx.query<WaitingWords>(
    `select id::int, key, attempts, broadcast_id as "broadcastId" from outbox
     where document->>'to' = 'statuspage' and (document->>'incidentId')::bigint = $1 and state in ('due', 'claimed')
     order by id for update`,
    [incidentId],
  );
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
