import { sayOutput } from '../../domain/say-output.ts';
import { StoreUnreachable } from '../../store/failures.ts';
import { readIncident } from '../../store/incidents.ts';
import { readPlan } from '../../store/plans.ts';
import { readRun } from '../../store/runs.ts';
import { firstSent, readStepFacts } from '../../store/steps.ts';
import type { RecoveryDeps } from '../deps.ts';
import { carryEffect } from './effect.ts';
import { explain, sayThrown } from './explain.ts';
import { observeUntil, unseen } from './observe.ts';
import { recordProgress, recordSettled } from './record.ts';
import { replanStep } from './replan.ts';
import { type Attempt, deadlineOf, type Outcome, type Settled, type Work } from './work.ts';

/**
 * Carries an attempt to its end. Begun again after the process died, or the store was away, it goes on from the facts
 * that it finds.
 */
export async function attemptStep(deps: RecoveryDeps, at: Attempt): Promise<Settled> {
  const { facts, ...found } = await readGround(deps, at);
  const settled = facts.find((fact) => fact.attempt === at.attempt && fact.fact === 'settled');
  if (settled) return settled.data as unknown as Settled;
  const work = gather(deps, at, found);
  if ('status' in work) return { ...work, effectSent: firstSent(facts) !== undefined };
  const told = explain(at, await tryUpTo(work));
  await recordSettled(work, told);
  deps.crash('step.settled', at.stepId);
  return told;
}

async function tryUpTo(work: Work): Promise<Outcome & Pick<Settled, 'effectSent'>> {
  const { attempts, backoffMs } = work.at.approved.retry;
  for (let tried = 1; ; tried += 1) {
    const outcome = await tryOnce(work);
    const effectSent = await isSent(work);
    const again = (outcome.status === 'failed' || outcome.status === 'unknown') && !effectSent && tried < attempts;
    if (!again) return { ...outcome, effectSent };
    await work.deps.rest(backoffMs);
  }
}

async function isSent({ deps, at, action }: Work): Promise<boolean> {
  if (action.kind === 'read') return false;
  const facts = await deps.store.tx((tx) => readStepFacts(tx, at.runId, at.factsAt));
  return firstSent(facts) !== undefined;
}

async function tryOnce(work: Work): Promise<Outcome> {
  try {
    return work.action.kind === 'read' ? await carryReading(work) : await carryEffect(work);
  } catch (error) {
    if (error instanceof StoreUnreachable) throw error;
    return { status: 'unknown', output: null, ...sayThrown(error) };
  }
}

async function carryReading(work: Work): Promise<Outcome> {
  const { deps, at, plan } = work;
  const done = Object.entries(at.outputs).map(([id, output]) => ({ id, output }));
  const now = await replanStep(deps, plan, { id: at.runId, incidentId: work.incidentId }, at.stepId, done);
  const seen = await observeUntil(
    deps,
    work.action,
    { input: now.input, receipt: null, ctx: work.ctx, deadline: deadlineOf(at) },
    (progress) => recordProgress(work, progress),
  );
  if (seen.state !== 'done') return unseen(seen);
  const said = work.action.say?.(seen.output) ?? sayOutput(seen.output);
  return { status: 'done', note: said, output: seen.output };
}

function readGround(deps: RecoveryDeps, at: Attempt) {
  return deps.store.tx(async (tx) => {
    const facts = await readStepFacts(tx, at.runId, at.factsAt);
    const run = await readRun(tx, at.runId);
    const plan = run && (await readPlan(tx, run.planId));
    const incident = run && (await readIncident(tx, run.incidentId));
    return { facts, run, plan, incident };
  });
}

type Ground = Awaited<ReturnType<typeof readGround>>;

function gather(
  deps: RecoveryDeps,
  at: Attempt,
  { run, plan, incident }: Omit<Ground, 'facts'>,
): Work | Pick<Settled, 'status' | 'note' | 'output'> {
  const action = deps.actions.get(at.approved.uses);
  if (!run || !plan || !incident || !action) {
    return {
      status: 'unknown',
      note: `what ${at.stepId} belongs to could not be read`,
      output: null,
    };
  }
  const ctx = {
    clock: deps.clock,
    mode: plan.mode,
    purpose: 'run' as const,
    regions: plan.regions,
    impactBeganAt: incident.impactBeganAt,
    owner: `${run.id}/${at.stepId}`,
  };
  return { deps, at, plan, incidentId: incident.id, action, ctx };
}
