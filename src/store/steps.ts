import type { JsonObject } from '../domain/json.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { StepState } from '../domain/run.ts';
import { cleanText, toJsonb } from './clean.ts';

export async function saveSteps(tx: Tx, runId: string, steps: readonly StepState[]): Promise<void> {
  await tx.query(
    `insert into step (run_id, id, position, status, attempt, started_at, ended_at, note, output, effect_sent)
     select $1, s->>'id', position, s->>'status', (s->>'attempt')::int, (s->>'startedAt')::timestamptz,
       (s->>'endedAt')::timestamptz, s->>'note', nullif(s->'output', 'null'::jsonb), (s->>'effectSent')::boolean
     from jsonb_array_elements($2::jsonb) with ordinality as given(s, position)
     on conflict (run_id, id) do update set status = excluded.status, attempt = excluded.attempt,
       started_at = excluded.started_at, ended_at = excluded.ended_at, note = excluded.note, output = excluded.output,
       effect_sent = case when excluded.status in ('running', 'deferred') then step.effect_sent
         else excluded.effect_sent end,
       progress = case when excluded.status = 'running' then step.progress end`,
    [runId, toJsonb(steps)],
  );
}

export interface StepRow extends StepState {
  progress: string | null;
  /** The inputs of a step that people do, from when they are asked it. */
  asked: JsonObject | null;
}

export async function readSteps(tx: Tx, runId: string): Promise<StepRow[]> {
  const rows = await tx.query<
    Omit<StepRow, 'startedAt' | 'endedAt'> & { startedAt: Date | null; endedAt: Date | null }
  >(
    `select id, status, attempt, started_at as "startedAt", ended_at as "endedAt", note, progress, output, asked,
       effect_sent as "effectSent"
     from step where run_id = $1 order by position`,
    [runId],
  );
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  }));
}

/** What a running step last said of itself. True when it is news. */
export async function saveProgress(tx: Tx, runId: string, stepId: string, progress: string): Promise<boolean> {
  const rows = await tx.query(
    `update step set progress = $3 where run_id = $1 and id = $2 and progress is distinct from $3 returning id`,
    [runId, stepId, cleanText(progress)],
  );
  return rows.length > 0;
}

export async function saveAsked(tx: Tx, runId: string, stepId: string, asked: JsonObject): Promise<void> {
  await tx.query('update step set asked = $3::jsonb where run_id = $1 and id = $2', [runId, stepId, toJsonb(asked)]);
}

export async function markEffectSent(tx: Tx, runId: string, stepId: string): Promise<void> {
  await tx.query('update step set effect_sent = true where run_id = $1 and id = $2', [runId, stepId]);
}

export type StepFactName = 'called' | 'refuted' | 'applied' | 'observed' | 'settled';

export interface StepFact {
  attempt: number;
  fact: StepFactName;
  data: JsonObject;
  at: Date;
}

/** False when it was written before: a replay writes nothing twice. */
export async function insertStepFact(
  tx: Tx,
  key: { runId: string; stepId: string; attempt: number },
  fact: StepFactName,
  data: JsonObject,
  at: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into step_fact (run_id, step_id, attempt, fact, data, at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning fact`,
    [key.runId, key.stepId, key.attempt, fact, toJsonb(data), at],
  );
  return rows.length > 0;
}

export async function readStepFacts(tx: Tx, runId: string, stepId: string): Promise<StepFact[]> {
  return tx.query<StepFact>(
    'select attempt, fact, data, at from step_fact where run_id = $1 and step_id = $2 order by attempt, at',
    [runId, stepId],
  );
}

/** It is sent after all: what was refuted before no longer is. */
export async function forgetRefuted(tx: Tx, key: { runId: string; stepId: string; attempt: number }): Promise<void> {
  await tx.query(`delete from step_fact where run_id = $1 and step_id = $2 and attempt = $3 and fact = 'refuted'`, [
    key.runId,
    key.stepId,
    key.attempt,
  ]);
}

/** The earliest effect among these facts that may have happened. */
export function firstSent(facts: readonly StepFact[]): StepFact | undefined {
  const refuted = new Set(facts.filter((fact) => fact.fact === 'refuted').map((fact) => fact.attempt));
  return facts.find((fact) => fact.fact === 'called' && !refuted.has(fact.attempt));
}
