import type { Amendment } from '../domain/plan.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { ConsentState } from '../domain/views.ts';
import { cleanText, toJsonb } from './clean.ts';

export interface ConsentRow {
  id: string;
  incidentId: number;
  planId: string;
  runId: string | null;
  amendment: Amendment | null;
  code: string;
  requestedBy: string;
  requestedAt: Date;
  expiresAt: Date;
  needed: number;
  state: ConsentState;
  glassBrokenBy: string | null;
  glassReason: string | null;
  rung: number;
}

const columns = `id, incident_id::int as "incidentId", plan_id as "planId", run_id as "runId", amendment, code,
  requested_by as "requestedBy", requested_at as "requestedAt", expires_at as "expiresAt", needed, state,
  glass_broken_by as "glassBrokenBy", glass_reason as "glassReason", rung`;

export async function insertConsent(tx: Tx, row: ConsentRow): Promise<void> {
  await tx.query(
    `insert into consent (id, incident_id, plan_id, run_id, amendment, code, requested_by, requested_at, expires_at,
       needed, state, rung)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.id,
      row.incidentId,
      row.planId,
      row.runId,
      row.amendment === null ? null : toJsonb(row.amendment),
      row.code,
      row.requestedBy,
      row.requestedAt,
      row.expiresAt,
      row.needed,
      row.state,
      row.rung,
    ],
  );
}

export async function readConsent(tx: Tx, id: string): Promise<ConsentRow | null> {
  const [row] = await tx.query<ConsentRow>(`select ${columns} from consent where id = $1`, [id]);
  return row ?? null;
}

/** The newest request with this code in this incident, held until the transaction ends. */
export async function lockConsentByCode(tx: Tx, incidentId: number, code: string): Promise<ConsentRow | null> {
  const [row] = await tx.query<ConsentRow>(
    `select ${columns} from consent where incident_id = $1 and code = $2 order by requested_at desc limit 1 for no key update`,
    [incidentId, code],
  );
  return row ?? null;
}

export async function pendingConsents(tx: Tx, incidentId: number): Promise<ConsentRow[]> {
  return tx.query<ConsentRow>(
    `select ${columns} from consent where incident_id = $1 and state = 'pending' order by requested_at`,
    [incidentId],
  );
}

/** The newest request of an incident, where it ran out and no run began or ended since. */
export async function newestRanOut(tx: Tx, incidentId: number): Promise<ConsentRow | null> {
  const [row] = await tx.query<ConsentRow>(
    `select ${columns} from consent
     where incident_id = $1 and state = 'expired'
       and requested_at >= all (select requested_at from consent where incident_id = $1)
       and not exists (select from run where run.incident_id = $1
         and greatest(run.started_at, run.ended_at) > consent.requested_at)
     limit 1`,
    [incidentId],
  );
  return row ?? null;
}

/** Its newest request to be run, whatever became of it. */
export async function newestConsentOfPlan(tx: Tx, planId: string): Promise<ConsentRow | null> {
  const [row] = await tx.query<ConsentRow>(
    `select ${columns} from consent where plan_id = $1 and amendment is null order by requested_at desc limit 1`,
    [planId],
  );
  return row ?? null;
}

export async function pendingConsentsOfRun(tx: Tx, runId: string): Promise<ConsentRow[]> {
  return tx.query<ConsentRow>(
    `select ${columns} from consent where run_id = $1 and state = 'pending' order by requested_at`,
    [runId],
  );
}

/** A claim: false when somebody else has ended it first. */
export async function endConsent(tx: Tx, id: string, state: ConsentState, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `update consent set state = $2, ended_at = $3 where id = $1 and state = 'pending' returning id`,
    [id, state, at],
  );
  return rows.length > 0;
}

export async function recordBrokenGlass(tx: Tx, id: string, by: string, reason: string): Promise<void> {
  await tx.query('update consent set glass_broken_by = $2, glass_reason = $3 where id = $1', [
    id,
    by,
    cleanText(reason),
  ]);
}

/** False when this person has approved it before. */
export async function insertApproval(
  tx: Tx,
  approval: { consentId: string; person: string; door: string; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into approval (consent_id, person, door, at) values ($1, $2, $3, $4)
     on conflict do nothing returning person`,
    [approval.consentId, approval.person, approval.door, approval.at],
  );
  return rows.length > 0;
}

export async function approvalsOf(tx: Tx, consentId: string): Promise<{ by: string; at: Date }[]> {
  return tx.query<{ by: string; at: Date }>(
    'select person as by, at from approval where consent_id = $1 order by at, person',
    [consentId],
  );
}

/** Requests that have waited for as long as their next rung, or have run out; each is held by one process only. */
export async function lockDueConsents(tx: Tx, now: Date, rungsMs: readonly number[]): Promise<ConsentRow[]> {
  return tx.query<ConsentRow>(
    `select ${columns} from consent
     where state = 'pending'
       and (expires_at <= $1
         or (rung < cardinality($2::bigint[])
           and requested_at + ($2::bigint[])[rung + 1] * interval '1 millisecond' <= $1))
     order by requested_at
     for update skip locked`,
    [now, rungsMs],
  );
}

export async function climbRung(tx: Tx, id: string): Promise<void> {
  await tx.query('update consent set rung = rung + 1 where id = $1', [id]);
}

/** Ends what still waits about a run that is over. Returns the requests ended. */
export async function supersedeConsentsOfRun(tx: Tx, runId: string, at: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update consent set state = 'superseded', ended_at = $2 where run_id = $1 and state = 'pending' returning id`,
    [runId, at],
  );
  return rows.map((row) => row.id);
}

/** Somebody other than who broke it has read why. */
export async function recordGlassReviewed(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query('update consent set reviewed_at = $2 where id = $1', [id, at]);
}
