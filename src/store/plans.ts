import type { Plan } from '../domain/plan.ts';
import type { Tx } from '../domain/ports/store.ts';
import { toJsonb } from './clean.ts';

export async function insertPlan(tx: Tx, plan: Plan): Promise<void> {
  await tx.query(
    `insert into plan (id, incident_id, command, digest, document, made_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [plan.id, plan.incidentId, plan.command, plan.digest, toJsonb(plan), plan.madeAt],
  );
}

/** Replaces a plan that nobody has consented to yet: its requester has carried unknowns by name. */
export async function updatePlan(tx: Tx, plan: Plan): Promise<void> {
  await tx.query('update plan set digest = $2, document = $3 where id = $1', [plan.id, plan.digest, toJsonb(plan)]);
}

/** The plan of an incident that was read last. */
export async function newestPlan(tx: Tx, incidentId: number): Promise<Plan | null> {
  const [row] = await tx.query<{ document: Plan }>(
    'select document from plan where incident_id = $1 order by made_at desc, id desc limit 1',
    [incidentId],
  );
  return row?.document ?? null;
}

export async function readPlan(tx: Tx, id: string): Promise<Plan | null> {
  const [row] = await tx.query<{ document: Plan }>('select document from plan where id = $1', [id]);
  return row?.document ?? null;
}
