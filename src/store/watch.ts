import type { Amendment } from '../domain/plan.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { StepStatus } from '../domain/run.ts';
import type { ConsentState } from '../domain/views.ts';

/** For whoever watches a recovery from outside: whether anything changed, and what has gone by. */

/** Another text whenever what people are shown may have changed: every decision, every painting, every word of progress. */
export async function readChangeMark(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ mark: string }>(
    `select concat_ws('/',
       (select max(seq) from audit),
       (select sum(changed) from live_message),
       (select md5(string_agg(concat(step.id, step.progress), ',' order by step.id)) from step
          join run on run.id = step.run_id where run.status <> 'ended')) as mark`,
  );
  return row?.mark ?? '';
}

/** A request for consent that is over. */
export interface EndedConsent {
  id: string;
  code: string;
  amendment: Amendment | null;
  requestedBy: string;
  requestedAt: Date;
  endedAt: Date;
  needed: number;
  state: Exclude<ConsentState, 'pending'>;
  brokenGlass: { by: string; reason: string } | null;
}

/** The request that began a run, and those for changes of it, in the order in which they were made. */
export async function endedConsentsOfRun(tx: Tx, run: { id: string; planId: string }): Promise<EndedConsent[]> {
  return tx.query<EndedConsent>(
    `select id, code, amendment, requested_by as "requestedBy", requested_at as "requestedAt", ended_at as "endedAt",
       needed, state,
       case when glass_broken_by is not null
         then jsonb_build_object('by', glass_broken_by, 'reason', glass_reason) end as "brokenGlass"
     from consent
     where state <> 'pending' and ended_at is not null and (run_id = $1 or (plan_id = $2 and amendment is null))
     order by requested_at`,
    [run.id, run.planId],
  );
}

/** An attempt at a step that is over, and what it came to. */
export interface SettledAttempt {
  step: string;
  attempt: number;
  at: Date;
  status: StepStatus;
  /** When a person let the step begin again after it; null while nobody has. */
  againAt: Date | null;
}

export async function settledAttempts(tx: Tx, runId: string): Promise<SettledAttempt[]> {
  return tx.query<SettledAttempt>(
    `select step_id as step, attempt, fact.at, data->>'status' as status,
       least(
         (select min(audit.at) from audit where audit.run_id = $1 and what = 'run.retry'
            and detail->>'step' = fact.step_id and audit.at >= fact.at),
         (select min(ended_at) from consent where consent.run_id = $1 and state = 'granted'
            and amendment->>'kind' = 'accept-drift' and amendment->>'step' = fact.step_id and ended_at >= fact.at)
       ) as "againAt"
     from step_fact fact where run_id = $1 and fact = 'settled' order by fact.at, step_id`,
    [runId],
  );
}
