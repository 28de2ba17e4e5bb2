import type { ComponentStatus } from '../domain/notice.ts';
import type { Tx } from '../domain/ports/store.ts';

export type PublicState = 'draft' | 'asked' | 'open' | 'resolved';

/** What the public page shows, or would show, of an incident. */
export interface PublicIncident {
  incidentId: number;
  page: string;
  state: PublicState;
  name: string;
  remoteId: string | null;
  url: string | null;
  components: Record<string, ComponentStatus>;
  openedBy: string | null;
  body: string;
}

const columns = `incident_id::int as "incidentId", page, state, name, remote_id as "remoteId", url, components,
  opened_by as "openedBy", body`;

export async function insertDraft(
  tx: Tx,
  draft: Pick<PublicIncident, 'incidentId' | 'page' | 'name' | 'components' | 'body'>,
): Promise<void> {
  await tx.query(
    `insert into public_incident (incident_id, page, state, name, components, body)
     values ($1, $2, 'draft', $3, $4, $5) on conflict do nothing`,
    [draft.incidentId, draft.page, draft.name, JSON.stringify(draft.components), draft.body],
  );
}

export async function readPublic(tx: Tx, incidentId: number): Promise<PublicIncident | null> {
  const [row] = await tx.query<PublicIncident>(`select ${columns} from public_incident where incident_id = $1`, [
    incidentId,
  ]);
  return row ?? null;
}

/** Held until the transaction ends. */
export async function lockPublic(tx: Tx, incidentId: number): Promise<PublicIncident | null> {
  const [row] = await tx.query<PublicIncident>(
    `select ${columns} from public_incident where incident_id = $1 for update`,
    [incidentId],
  );
  return row ?? null;
}

/** A publisher has asked for it: what they saw is what goes out. */
export async function askPublic(tx: Tx, incidentId: number, ask: { by: string; body: string }): Promise<void> {
  await tx.query(`update public_incident set state = 'asked', opened_by = $2, body = $3 where incident_id = $1`, [
    incidentId,
    ask.by,
    ask.body,
  ]);
}

/** The page has it. */
export async function recordOpened(
  tx: Tx,
  incidentId: number,
  remote: { id: string; url: string | null },
): Promise<void> {
  await tx.query(
    `update public_incident set remote_id = $2, url = $3, state = case when state = 'resolved' then state else 'open' end
     where incident_id = $1`,
    [incidentId, remote.id, remote.url],
  );
}

/** The page would not have it: a publisher may ask again. */
export async function withdrawAsk(tx: Tx, incidentId: number): Promise<void> {
  await tx.query(
    `update public_incident set state = 'draft', opened_by = null where incident_id = $1 and state = 'asked'`,
    [incidentId],
  );
}

export async function recordResolved(tx: Tx, incidentId: number): Promise<void> {
  await tx.query(`update public_incident set state = 'resolved' where incident_id = $1`, [incidentId]);
}
