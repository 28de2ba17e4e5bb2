import type { JsonObject } from '../../domain/json.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { forgetRefuted, insertStepFact, markEffectSent, type StepFactName, saveProgress } from '../../store/steps.ts';
import type { Settled, Work } from './work.ts';

/** What is about to be done and the state to put back: durable before the effect is sent. */
export async function recordCalled(
  work: Work,
  data: { input: JsonObject; captured: JsonObject; planned: JsonObject },
): Promise<void> {
  const { deps, at } = work;
  await deps.store.tx(async (tx) => {
    await forgetRefuted(tx, { runId: at.runId, stepId: at.factsAt, attempt: at.attempt });
    await markEffectSent(tx, at.runId, at.stepId);
    await write(tx, work, { fact: 'called', data, attempt: at.attempt, what: 'effect.sent' });
  });
}

/** The far end was asked: it has not happened. */
export function recordRefuted(work: Work, attempt: number): Promise<void> {
  return record(work, 'refuted', {}, attempt, 'effect.refuted');
}

export function recordApplied(work: Work, receipt: JsonObject, attempt: number): Promise<void> {
  return record(work, 'applied', receipt, attempt, 'effect.answered');
}

/** The rest of an effect is about to be sent: `due` names what. What came of it, the next look shows. */
export async function recordAdvance({ deps, at, incidentId }: Work, due: string): Promise<void> {
  const detail = { step: at.stepId, attempt: at.attempt, uses: at.approved.uses, due };
  await deps.store.tx((tx) =>
    appendAudit(tx, {
      ...{ at: deps.clock.now(), who: 'muster', door: 'muster', what: 'effect.continued' },
      ...{ incidentId, runId: at.runId, detail },
    }),
  );
}

export function recordObserved(work: Work, output: JsonObject): Promise<void> {
  return record(work, 'observed', output, work.at.attempt, 'effect.observed');
}

export function recordSettled(work: Work, outcome: Settled): Promise<void> {
  return record(work, 'settled', { ...outcome }, work.at.attempt, 'step.settled');
}

/** What a running step says of itself: shown to people, relied on by nobody. */
export async function recordProgress({ deps, at, incidentId }: Work, progress: string): Promise<void> {
  await deps.store.tx(async (tx) => {
    const news = await saveProgress(tx, at.runId, at.stepId, progress);
    if (news) await tx.tell({ kind: 'RunChanged', incidentId, runId: at.runId });
  });
}

function record(work: Work, fact: StepFactName, data: JsonObject, attempt: number, what: string): Promise<void> {
  return work.deps.store.tx((tx) => write(tx, work, { fact, data, attempt, what }));
}

async function write(
  tx: Tx,
  { deps, at, incidentId }: Work,
  { fact, data, attempt, what }: { fact: StepFactName; data: JsonObject; attempt: number; what: string },
): Promise<void> {
  const now = deps.clock.now();
  if (!(await insertStepFact(tx, { runId: at.runId, stepId: at.factsAt, attempt }, fact, data, now))) return;
  await appendAudit(tx, {
    at: now,
    who: 'muster',
    door: 'muster',
    what,
    incidentId,
    runId: at.runId,
    detail: { step: at.stepId, attempt, uses: at.approved.uses, ...data },
  });
}
