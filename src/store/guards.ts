import type { Tx } from '../domain/ports/store.ts';
import { cleanText } from './clean.ts';

export interface GuardRow {
  id: string;
  incidentId: number;
  runId: string;
  stepId: string;
  region: string;
  state: 'armed' | 'fenced' | 'released';
  armedAt: Date;
}

const columns = `id, incident_id::int as "incidentId", run_id as "runId", step_id as "stepId", region, state, armed_at as "armedAt"`;

/** False when it is armed already. */
export async function insertGuard(tx: Tx, guard: Omit<GuardRow, 'state' | 'armedAt'>, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `insert into return_guard (id, incident_id, run_id, step_id, region, state, armed_at)
     values ($1, $2, $3, $4, $5, 'armed', $6) on conflict do nothing returning id`,
    [guard.id, guard.incidentId, guard.runId, guard.stepId, guard.region, at],
  );
  return rows.length > 0;
}

export async function readGuard(tx: Tx, id: string): Promise<GuardRow | null> {
  const [row] = await tx.query<GuardRow>(`select ${columns} from return_guard where id = $1`, [id]);
  return row ?? null;
}

export async function guardsOf(tx: Tx, incidentId: number): Promise<GuardRow[]> {
  return tx.query<GuardRow>(`select ${columns} from return_guard where incident_id = $1 order by armed_at`, [
    incidentId,
  ]);
}

/** False when it has ended before. */
export async function endGuard(
  tx: Tx,
  id: string,
  end: { state: 'fenced' | 'released'; by: string; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `update return_guard set state = $2, ended_by = $3, ended_at = $4 where id = $1 and state = 'armed' returning id`,
    [id, end.state, end.by, end.at],
  );
  return rows.length > 0;
}

/** True when this trouble is news. */
export async function noteTrouble(tx: Tx, id: string, why: string): Promise<boolean> {
  const rows = await tx.query(
    `update return_guard set trouble = $2 where id = $1 and state = 'armed' and trouble is distinct from $2 returning id`,
    [id, cleanText(why)],
  );
  return rows.length > 0;
}
