import type { ComponentStatus, PublicStatus } from '../domain/notice.ts';
import type { Tx } from '../domain/ports/store.ts';
import { cleanText } from './clean.ts';

export type PublicState = 'draft' | 'asked' | 'open' | 'resolved';

/** What the public page shows, or would show, of an incident. */
export interface PublicIncident {
  incidentId: number;
  page: string;
  state: PublicState;
  name: string;
  remoteId: string | null;
  url: string | null;
  /** As last asked for. */
  components: Record<string, ComponentStatus>;
  openedBy: string | null;
  /** The words as last asked for, or as drafted. */
  body: string;
  /** As last asked for. */
  status: PublicStatus;
}

/** Whether nobody has decided any words for it yet: neither on their way, nor handed over to be copied. */
export function isUnpublished(page: PublicIncident | null): boolean {
  return page !== null && page.state === 'draft' && page.openedBy === null;
}

const columns = `incident_id::int as "incidentId", page, state, name, remote_id as "remoteId", url, components,
  opened_by as "openedBy", body, status`;

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

/** What a draft would show; what was asked for already stays. */
export async function setDraftComponents(
  tx: Tx,
  incidentId: number,
  components: Record<string, ComponentStatus>,
): Promise<void> {
  await tx.query(
    `update public_incident set components = $2 where incident_id = $1 and state = 'draft' and opened_by is null`,
    [incidentId, JSON.stringify(components)],
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
    `select ${columns} from public_incident where incident_id = $1 for no key update`,
    [incidentId],
  );
  return row ?? null;
}

/** Words for the page were decided; `carried` when they are on their way, and not handed to people to copy. */
export async function askPublic(
  tx: Tx,
  incidentId: number,
  ask: {
    by: string;
    body: string;
    status: PublicStatus;
    components: Record<string, ComponentStatus>;
    carried: boolean;
  },
): Promise<void> {
  await tx.query(
    `update public_incident set body = $3, status = $4, components = components || $5::jsonb,
       opened_by = case when state = 'draft' then $2 else opened_by end,
       state = case when state = 'draft' and $6 then 'asked' when state = 'resolved' and $4 <> 'resolved' then 'open' else state end
     where incident_id = $1`,
    [incidentId, ask.by, cleanText(ask.body), ask.status, JSON.stringify(ask.components), ask.carried],
  );
}

/** The page has it, under this id. */
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

/** A publisher has put it on the page by hand: under which id is not known. `all` when nothing that was decided waits. */
export async function recordByHand(tx: Tx, incidentId: number, by: string, all: boolean): Promise<void> {
  await tx.query(
    `update public_incident set state = case when status = 'resolved' and $3 then 'resolved' else 'open' end,
       opened_by = case when state = 'draft' then $2 else coalesce(opened_by, $2) end
     where incident_id = $1`,
    [incidentId, by, all],
  );
}

/** Components that the page shows as part of another incident which is not over there. */
export async function componentsOfOthers(tx: Tx, incidentId: number): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select distinct c.key as id
     from public_incident p
       join public_incident own on own.incident_id = $1 and own.page = p.page,
       jsonb_each_text(p.components) c
     where p.incident_id <> $1 and p.state in ('asked', 'open') and p.status <> 'resolved' and c.value <> 'operational'`,
    [incidentId],
  );
  return new Set(rows.map((row) => row.id));
}

/** The page would not have it: a publisher may ask again, with these words. Nothing else is on its way to open it. */
export async function withdrawAsk(tx: Tx, incidentId: number, body: string): Promise<void> {
  await tx.query(
    `update public_incident set state = 'draft', opened_by = null, status = 'investigating', body = $2
     where incident_id = $1 and state = 'asked' and not exists (
       select 1 from outbox o
       where o.document->>'to' = 'statuspage' and (o.document->>'incidentId')::bigint = $1 and o.state in ('due', 'claimed'))`,
    [incidentId, cleanText(body)],
  );
}

/** The page shows the end, unless newer words have taken it back by then. */
export async function recordResolved(tx: Tx, incidentId: number): Promise<void> {
  await tx.query(`update public_incident set state = 'resolved' where incident_id = $1 and status = 'resolved'`, [
    incidentId,
  ]);
}
