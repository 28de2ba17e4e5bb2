import { Refusal } from '../../domain/errors.ts';
import { advice } from '../../domain/nearest.ts';
import type { Person } from '../../domain/person.ts';
import type { Amendment } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { Run } from '../../domain/run.ts';
import { withoutNext } from '../../domain/trouble.ts';
import { endConsent, pendingConsentsOfRun, readConsent } from '../../store/consents.ts';
import { readSteps, type StepRow } from '../../store/steps.ts';
import { openConsent } from '../consent/open-consent.ts';
import type { RecoveryDeps } from '../deps.ts';
import { isTroubled, readPlanOrRefuse } from '../read.ts';
import type { SteerAsk } from '../recovery.ts';
import { replanStep } from '../run/replan.ts';
import { lockSteerable, say } from './steer.ts';

/** Retries a step that stopped short. One that drifted is planned anew, and people consent to what it would do now. */
export async function retryStep(deps: RecoveryDeps, ask: SteerAsk & { step: string }, by: Person): Promise<string> {
  const drifted = await deps.store.tx(async (tx) => {
    const run = await lockSteerable(tx, ask, by, 'retry');
    const plan = await readPlanOrRefuse(tx, run.planId);
    const step = findStep(await readSteps(tx, run.id), ask.step);
    return step.status === 'drifted' ? { plan, run, steps: await readSteps(tx, run.id) } : null;
  });
  const planned = drifted && (await replanStep(deps, drifted.plan, drifted.run, ask.step, drifted.steps));
  return deps.store.tx(async (tx) => {
    const run = await lockSteerable(tx, ask, by, 'retry');
    const step = findStep(await readSteps(tx, run.id), ask.step);
    if (!isTroubled(step.status))
      throw new Refusal(`${step.id} is ${step.status}: only a step that stopped short is retried.`);
    if (step.status !== 'drifted' || !planned) {
      await supersedeAmendments(tx, deps, run, step.id);
      await say(tx, deps, run, { word: 'retry', step: step.id, by: by.name, reason: ask.reason ?? null }, by);
      return `Retrying ${step.id}.`;
    }
    const reason = ask.reason?.trim() || withoutNext(step.note ?? 'the present state is not what was approved');
    return askToAmend(tx, deps, run, { kind: 'accept-drift', step: step.id, reason, planned }, by);
  });
}

/** Skips a step, or defers a fence, with a reason: a change of the approved plan. */
export async function skipStep(
  deps: RecoveryDeps,
  ask: SteerAsk & { step: string; reason: string },
  by: Person,
): Promise<string> {
  const reason = ask.reason.trim();
  if (!reason)
    throw new Refusal(`Skipping ${ask.step} needs a reason: it stands in the record and in every report.`, 'reason');
  return deps.store.tx(async (tx) => {
    const run = await lockSteerable(tx, ask, by, 'skip');
    const plan = await readPlanOrRefuse(tx, run.planId);
    const step = findStep(await readSteps(tx, run.id), ask.step);
    if (step.status !== 'waiting' && !isTroubled(step.status)) {
      throw new Refusal(`${step.id} is ${step.status}: only a step that waits or stopped short can be skipped.`);
    }
    const planned = plan.steps.find((at) => at.id === step.id);
    const kind = planned?.fence ? 'defer-fence' : 'skip';
    if (planned?.risk === 'irreversible' && step.effectSent) {
      throw new Refusal(
        `${step.id} has been sent and cannot be taken back: retry it, which looks at what became of it.`,
      );
    }
    return askToAmend(tx, deps, run, { kind, step: step.id, reason }, by);
  });
}

async function askToAmend(tx: Tx, deps: RecoveryDeps, run: Run, amendment: Amendment, by: Person): Promise<string> {
  const plan = await readPlanOrRefuse(tx, run.planId);
  await refuseAskedBefore(tx, run, amendment);
  const id = await openConsent(tx, deps, { plan, amendment, runId: run.id }, by);
  await tx.tell({ kind: 'RunChanged', incidentId: run.incidentId, runId: run.id });
  const consent = await readConsent(tx, id);
  const what =
    amendment.kind === 'skip'
      ? `skip ${amendment.step}`
      : amendment.kind === 'defer-fence'
        ? `defer ${amendment.step}`
        : `go on with ${amendment.step}`;
  return plan.approvals === 0
    ? `Going to ${what}.`
    : `Asked to ${what}: code ${consent?.code ?? '?'}, waits for ${plan.approvals} other ${plan.approvals === 1 ? 'person' : 'people'}.`;
}

/** Who retries a step has answered what others were asked about it. */
async function supersedeAmendments(tx: Tx, deps: RecoveryDeps, run: Run, step: string): Promise<void> {
  const asked = (await pendingConsentsOfRun(tx, run.id)).filter((consent) => consent.amendment?.step === step);
  for (const consent of asked) {
    await endConsent(tx, consent.id, 'superseded', deps.clock.now());
    await tx.tell({ kind: 'ConsentChanged', incidentId: run.incidentId, requestId: consent.id });
  }
}

async function refuseAskedBefore(tx: Tx, run: Run, amendment: Amendment): Promise<void> {
  const same = (await pendingConsentsOfRun(tx, run.id)).find((consent) => consent.amendment?.step === amendment.step);
  if (same)
    throw new Refusal(
      `${same.requestedBy} has asked about ${amendment.step} already: ${same.code} waits for approval.`,
    );
}

function findStep(steps: readonly StepRow[], id: string): StepRow {
  const step = steps.find((at) => at.id === id);
  if (step) return step;
  throw new Refusal(
    `This run has no step ${id}: ${advice(
      id,
      steps.map((at) => at.id),
    )}`,
    'step',
  );
}
