import type { Plan } from '../domain/plan.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { Run, RunOutcome, RunStatus } from '../domain/run.ts';
import { cleanText } from './clean.ts';

const columns = `id, incident_id::int as "incidentId", plan_id as "planId", command, purpose, status, note, outcome,
  exceptions, started_by as "startedBy", started_at as "startedAt", ended_at as "endedAt"`;

export async function insertRun(tx: Tx, run: Run): Promise<void> {
  await tx.query(
    `insert into run (id, incident_id, plan_id, command, purpose, status, started_by, started_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [run.id, run.incidentId, run.planId, run.command, run.purpose, run.status, run.startedBy, run.startedAt],
  );
}

export async function readRun(tx: Tx, id: string): Promise<Run | null> {
  const [row] = await tx.query<Run>(`select ${columns} from run where id = $1`, [id]);
  return row ?? null;
}

export async function lockRun(tx: Tx, id: string): Promise<Run | null> {
  const [row] = await tx.query<Run>(`select ${columns} from run where id = $1 for no key update`, [id]);
  return row ?? null;
}

/** The run of an incident that has not ended, else its newest. */
export async function currentRun(tx: Tx, incidentId: number): Promise<Run | null> {
  const [row] = await tx.query<Run>(
    `select ${columns} from run where incident_id = $1
     order by (status <> 'ended') desc, started_at desc limit 1`,
    [incidentId],
  );
  return row ?? null;
}

export async function runsOf(tx: Tx, incidentId: number): Promise<Run[]> {
  return tx.query<Run>(`select ${columns} from run where incident_id = $1 order by started_at desc`, [incidentId]);
}

export async function updateRun(tx: Tx, id: string, to: { status: RunStatus; note: string | null }): Promise<void> {
  await tx.query(`update run set status = $2, note = $3 where id = $1 and status <> 'ended'`, [
    id,
    to.status,
    cleanNote(to.note),
  ]);
}

/** False when it has ended before: a replay ends it once. */
export async function endRun(
  tx: Tx,
  id: string,
  end: { outcome: RunOutcome; exceptions: string[]; note: string | null; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `update run set status = 'ended', outcome = $2, exceptions = $3, note = $4, ended_at = $5
     where id = $1 and status <> 'ended' returning id`,
    [id, end.outcome, end.exceptions.map(cleanText), cleanNote(end.note), end.at],
  );
  return rows.length > 0;
}

/** Takes every lock or none: the first one that another run holds is returned with its holder. */
export async function takeLocks(
  tx: Tx,
  runId: string,
  resources: readonly string[],
  at: Date,
): Promise<{ resource: string; runId: string } | null> {
  const wanted = [...new Set(resources)].sort();
  await tx.query(
    `insert into run_lock (resource, run_id, taken_at) select unnest($1::text[]), $2, $3 on conflict do nothing`,
    [wanted, runId, at],
  );
  const [held] = await tx.query<{ resource: string; runId: string }>(
    `select resource, run_id as "runId" from run_lock where resource = any($1::text[]) and run_id <> $2
     order by resource limit 1`,
    [wanted, runId],
  );
  return held ?? null;
}

export async function lockHolder(tx: Tx, resource: string): Promise<string | null> {
  const [row] = await tx.query<{ runId: string }>('select run_id as "runId" from run_lock where resource = $1', [
    resource,
  ]);
  return row?.runId ?? null;
}

/** Plans of the runs that were started after this one, in any incident. */
export async function plansOfLaterRuns(tx: Tx, runId: string): Promise<{ runId: string; plan: Plan }[]> {
  return tx.query<{ runId: string; plan: Plan }>(
    `select later.id as "runId", plan.document as plan
     from run earlier join run later on later.started_at > earlier.started_at
     join plan on plan.id = later.plan_id
     where earlier.id = $1 order by later.started_at`,
    [runId],
  );
}

export async function releaseLocks(tx: Tx, runId: string): Promise<void> {
  await tx.query('delete from run_lock where run_id = $1', [runId]);
}

/** False when this turn was written before. */
export async function insertTurn(tx: Tx, runId: string, turn: number): Promise<boolean> {
  const rows = await tx.query(
    'insert into run_turn (run_id, turn) values ($1, $2) on conflict do nothing returning turn',
    [runId, turn],
  );
  return rows.length > 0;
}

function cleanNote(note: string | null): string | null {
  return note === null ? null : cleanText(note);
}
