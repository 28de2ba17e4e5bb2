import type { Incident, Phase, RecordKind, Recovery } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';

const columns = `id::int, kind, title, severity, phase, services, scenario, commander, declared_by as "declaredBy",
  impact_began_at as "impactBeganAt", declared_at as "declaredAt", resolved_at as "resolvedAt", closed_at as "closedAt",
  channel, channel_name as "channelName"`;

export interface NewIncident {
  kind: RecordKind;
  title: string;
  severity: string;
  services: readonly string[];
  scenario: string | null;
  commander: string;
  declaredBy: string;
  impactBeganAt: Date;
  declaredAt: Date;
  requestKey: string;
}

/** Null when this request has declared its incident before. Its channel has no name yet. */
export async function insertIncident(tx: Tx, incident: NewIncident): Promise<Incident | null> {
  const [row] = await tx.query<Incident>(
    `insert into incident (title, severity, phase, services, scenario, commander, declared_by, impact_began_at,
       declared_at, channel_name, request_key, kind)
     values ($1, $2, 'investigating', $3, $4, $5, $6, $7, $8, '', $9, $10)
     on conflict (request_key) do nothing returning ${columns}`,
    [
      incident.title,
      incident.severity,
      incident.services,
      incident.scenario,
      incident.commander,
      incident.declaredBy,
      incident.impactBeganAt,
      incident.declaredAt,
      incident.requestKey,
      incident.kind,
    ],
  );
  return row ?? null;
}

export async function nameChannel(tx: Tx, id: number, name: string): Promise<void> {
  await tx.query('update incident set channel_name = $2 where id = $1', [id, name]);
}

/** The channel that was opened for it; the first one stays. */
export async function setChannel(tx: Tx, id: number, channel: string): Promise<void> {
  await tx.query('update incident set channel = $2 where id = $1 and channel is null', [id, channel]);
}

export async function readIncident(tx: Tx, id: number): Promise<Incident | null> {
  const [row] = await tx.query<Incident>(`select ${columns} from incident where id = $1`, [id]);
  return row ?? null;
}

/** Held until the transaction ends. */
export async function lockIncident(tx: Tx, id: number): Promise<Incident | null> {
  const [row] = await tx.query<Incident>(`select ${columns} from incident where id = $1 for no key update`, [id]);
  return row ?? null;
}

export async function incidentByRequest(tx: Tx, requestKey: string): Promise<Incident | null> {
  const [row] = await tx.query<Incident>(`select ${columns} from incident where request_key = $1`, [requestKey]);
  return row ?? null;
}

/** An open drill of this title in which nothing was ever asked for: this request's from now on. */
export async function unusedRecord(tx: Tx, title: string, requestKey: string): Promise<Incident | null> {
  const [row] = await tx.query<Incident>(
    `update incident set request_key = $2 where id = (
       select id from incident where kind = 'drill' and title = $1 and phase <> 'closed'
         and not exists (select 1 from consent where incident_id = incident.id)
       order by id desc limit 1 for update skip locked)
     returning ${columns}`,
    [title, requestKey],
  );
  return row ?? null;
}

export async function incidentByChannel(tx: Tx, channel: string): Promise<Incident | null> {
  const [row] = await tx.query<Incident>(`select ${columns} from incident where channel = $1`, [channel]);
  return row ?? null;
}

/** Newest first. */
export async function listIncidents(tx: Tx, phases: readonly Phase[]): Promise<Incident[]> {
  return tx.query<Incident>(`select ${columns} from incident where phase = any($1::text[]) order by id desc`, [phases]);
}

/**
 * Drills in which nothing was opened, asked or run since then, and routines that have a newer record; nothing runs or waits
 * in them. Each is held by one process only.
 */
export async function lockEndedRecords(tx: Tx, quietSince: Date): Promise<Incident[]> {
  return tx.query<Incident>(
    `select ${columns} from incident i where phase <> 'closed'
       and not exists (select 1 from run r where r.incident_id = i.id and r.status <> 'ended')
       and not exists (select 1 from consent c where c.incident_id = i.id and c.state = 'pending')
       and ((kind = 'routine' and exists (select 1 from incident n where n.kind = 'routine' and n.id > i.id))
         or (kind = 'drill' and declared_at <= $1
           and not exists (select 1 from run r where r.incident_id = i.id and r.ended_at > $1)
           and not exists (select 1 from consent c where c.incident_id = i.id and c.requested_at > $1)))
     order by id for no key update skip locked`,
    [quietSince],
  );
}

/** False when it was in this phase already. */
export async function setPhase(tx: Tx, id: number, phase: Phase): Promise<boolean> {
  const rows = await tx.query('update incident set phase = $2 where id = $1 and phase <> $2 returning id', [id, phase]);
  return rows.length > 0;
}

export async function setSeverity(tx: Tx, id: number, severity: string): Promise<void> {
  await tx.query('update incident set severity = $2 where id = $1', [id, severity]);
}

export async function setCommander(tx: Tx, id: number, commander: string): Promise<void> {
  await tx.query('update incident set commander = $2 where id = $1', [id, commander]);
}

export async function resolveIncident(tx: Tx, id: number, recovery: Recovery, at: Date): Promise<void> {
  await tx.query(`update incident set phase = 'resolved', resolved_at = $2, recovery = $3 where id = $1`, [
    id,
    at,
    JSON.stringify(recovery),
  ]);
}

export async function closeIncident(tx: Tx, id: number, at: Date): Promise<void> {
  await tx.query(`update incident set phase = 'closed', closed_at = $2 where id = $1`, [id, at]);
}

/** What was measured when it was resolved. */
export async function readRecovery(tx: Tx, id: number): Promise<Recovery | null> {
  const [row] = await tx.query<{ recovery: Recovery | null }>('select recovery from incident where id = $1', [id]);
  return row?.recovery ?? null;
}
