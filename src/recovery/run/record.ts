import type { JsonObject } from '../../domain/json.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { insertStepFact, markEffectSent, type StepFactName, saveProgress } from '../../store/steps.ts';
import type { Outcome, Work } from './work.ts';

/** What is about to be done and the state to put back: durable before the effect is sent. */
export function recordCalled(work: Work, data: { input: JsonObject; captured: JsonObject }): Promise<void> {
  return record(work, 'called', data, work.at.attempt, 'effect.sent', async (tx) => {
    await markEffectSent(tx, work.at.runId, work.at.stepId);
  });
}

export function recordApplied(work: Work, receipt: JsonObject, attempt: number): Promise<void> {
  return record(work, 'applied', receipt, attempt, 'effect.answered');
}

export function recordObserved(work: Work, output: JsonObject): Promise<void> {
  return record(work, 'observed', output, work.at.attempt, 'effect.observed');
}

export function recordSettled(work: Work, outcome: Outcome): Promise<void> {
  return record(work, 'settled', { ...outcome }, work.at.attempt, 'step.settled');
}

/** What a running step says of itself: shown to people, relied on by nobody. */
export async function recordProgress({ deps, at, incidentId }: Work, progress: string): Promise<void> {
  await deps.store.tx(async (tx) => {
    const news = await saveProgress(tx, at.runId, at.stepId, progress);
    if (news) await tx.tell({ kind: 'RunChanged', incidentId, runId: at.runId });
  });
}

async function record(
  work: Work,
  fact: StepFactName,
  data: JsonObject,
  attempt: number,
  what: string,
  also: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  const { deps, at, incidentId } = work;
  const now = deps.clock.now();
  await deps.store.tx(async (tx) => {
    const key = { runId: at.runId, stepId: at.factsAt, attempt };
    if (!(await insertStepFact(tx, key, fact, data, now))) return;
    await also(tx);
    await appendAudit(tx, {
      at: now,
      who: 'muster',
      door: 'muster',
      what,
      incidentId,
      runId: at.runId,
      detail: { step: at.stepId, attempt, uses: at.approved.uses, ...data },
    });
  });
}
