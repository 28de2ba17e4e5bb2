import type { Tx } from '../domain/ports/store.ts';

/** Who is called about an incident until somebody has it. */
export interface EscalationRow {
  incidentId: number;
  startedAt: Date;
  /** How many rungs have been climbed: the index of the next one. */
  rung: number;
  /** The pager was told, and is to be told of the end. */
  paged: boolean;
  acknowledgedBy: string | null;
  acknowledgedAt: Date | null;
}

const columns = `e.incident_id::int as "incidentId", e.started_at as "startedAt", e.rung, e.paged,
  e.acknowledged_by as "acknowledgedBy", e.acknowledged_at as "acknowledgedAt"`;

/** Starts it, if it was not started before. */
export async function insertEscalation(tx: Tx, incidentId: number, startedAt: Date): Promise<void> {
  await tx.query('insert into escalation (incident_id, started_at) values ($1, $2) on conflict do nothing', [
    incidentId,
    startedAt,
  ]);
}

export async function readEscalation(tx: Tx, incidentId: number): Promise<EscalationRow | null> {
  const [row] = await tx.query<EscalationRow>(`select ${columns} from escalation e where incident_id = $1`, [
    incidentId,
  ]);
  return row ?? null;
}

/** Those that nobody has acknowledged, of incidents that go on, each with the ladder of its severity now. */
export async function unanswered(
  tx: Tx,
): Promise<{ incidentId: number; startedAt: Date; rung: number; severity: string }[]> {
  return tx.query(
    `select e.incident_id::int as "incidentId", e.started_at as "startedAt", e.rung, i.severity
     from escalation e join incident i on i.id = e.incident_id
     where e.acknowledged_at is null and i.phase not in ('resolved', 'closed')
     order by e.incident_id`,
  );
}

export async function recordClimb(
  tx: Tx,
  incidentId: number,
  climbed: { rung: number; paged: boolean },
): Promise<void> {
  await tx.query('update escalation set rung = $2, paged = paged or $3 where incident_id = $1', [
    incidentId,
    climbed.rung,
    climbed.paged,
  ]);
}

/** False when somebody has acknowledged it before. */
export async function recordAcknowledged(tx: Tx, incidentId: number, by: string, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `update escalation set acknowledged_by = $2, acknowledged_at = $3
     where incident_id = $1 and acknowledged_at is null returning incident_id`,
    [incidentId, by, at],
  );
  return rows.length > 0;
}
