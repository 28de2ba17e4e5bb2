import type { Plan, PlannedStep } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { StoreUnreachable } from '../../store/failures.ts';
import { endGuard, type GuardRow, readGuard } from '../../store/guards.ts';
import { readPlan } from '../../store/plans.ts';
import { wasSwitchedTo } from '../../store/regions.ts';
import { readRun } from '../../store/runs.ts';
import { readStepFacts } from '../../store/steps.ts';
import type { RecoveryDeps } from '../deps.ts';
import { attemptStep } from './attempt.ts';
import { replanStep } from './replan.ts';

const lookEveryMs = 30_000;

/** Watches a Region that could not be fenced until it answers, then fences it: nothing there may write when it is back. */
export async function watchReturn(deps: RecoveryDeps, guardId: string): Promise<void> {
  for (;;) {
    if (await tryFenceOrTell(deps, guardId)) return;
    await deps.clock.sleep(lookEveryMs);
  }
}

/** A guard that fails looks again: it is never given up while it is armed. */
async function tryFenceOrTell(deps: RecoveryDeps, guardId: string): Promise<boolean> {
  try {
    return await tryFence(deps, guardId);
  } catch (error) {
    if (error instanceof StoreUnreachable) throw error;
    deps.log.error({ err: error, guard: guardId }, 'a return guard could not look; it looks again');
    return false;
  }
}

/** True when there is nothing left to watch. */
async function tryFence(deps: RecoveryDeps, guardId: string): Promise<boolean> {
  const { guard, plan } = await readGuarded(deps, guardId);
  const approved = plan?.steps.find((step) => step.id === guard?.stepId);
  if (!guard || !plan || !approved || guard.state !== 'armed') return true;
  if (await releasedByReturn(deps, guard, approved)) return true;
  if (!(await answers(deps, plan, guard))) return false;
  const factsAt = `guard:${guardId}`;
  const outcome = await attemptStep(deps, {
    runId: guard.runId,
    stepId: guard.stepId,
    factsAt,
    attempt: await nextAttempt(deps, guard.runId, factsAt),
    startedAt: deps.clock.now().toISOString(),
    outputs: {},
    approved,
    byGuard: true,
  });
  if (outcome.status !== 'done' && outcome.status !== 'unchanged') return false;
  await deps.store.tx((tx) => end(tx, deps, guard, 'fenced'));
  return true;
}

async function readGuarded(
  deps: RecoveryDeps,
  guardId: string,
): Promise<{ guard: GuardRow | null; plan: Plan | null }> {
  return deps.store.tx(async (tx) => {
    const guard = await readGuard(tx, guardId);
    const run = guard && (await readRun(tx, guard.runId));
    return { guard, plan: run && (await readPlan(tx, run.planId)) };
  });
}

/** Services that people have moved back there meanwhile must not be fenced: the guard has outlived its reason. */
async function releasedByReturn(deps: RecoveryDeps, guard: GuardRow, { services }: PlannedStep): Promise<boolean> {
  return deps.store.tx(async (tx) => {
    if (!(await wasSwitchedTo(tx, { services, region: guard.region, since: guard.armedAt }))) return false;
    await end(tx, deps, guard, 'released');
    return true;
  });
}

async function answers(deps: RecoveryDeps, plan: Plan, guard: GuardRow): Promise<boolean> {
  const now: PlannedStep = await replanStep(
    deps,
    plan,
    { id: guard.runId, incidentId: guard.incidentId },
    guard.stepId,
    [],
  );
  return now.checks.every((check) => check.verdict !== 'unknown');
}

/** An attempt that the process died in is gone on with; one that settled is followed by the next. */
async function nextAttempt(deps: RecoveryDeps, runId: string, factsAt: string): Promise<number> {
  const facts = await deps.store.tx((tx) => readStepFacts(tx, runId, factsAt));
  const last = facts.at(-1)?.attempt ?? 1;
  return facts.some((fact) => fact.attempt === last && fact.fact === 'settled') ? last + 1 : last;
}

async function end(tx: Tx, deps: RecoveryDeps, guard: GuardRow, state: 'fenced' | 'released'): Promise<void> {
  const at = deps.clock.now();
  if (!(await endGuard(tx, guard.id, { state, by: 'muster', at }))) return;
  await appendAudit(tx, {
    at,
    who: 'muster',
    door: 'muster',
    what: `guard.${state}`,
    incidentId: guard.incidentId,
    runId: guard.runId,
    detail: { guard: guard.id, step: guard.stepId, region: guard.region },
  });
  const { incidentId } = guard;
  await tx.tell(
    state === 'fenced'
      ? { kind: 'GuardFenced', incidentId, guardId: guard.id }
      : { kind: 'IncidentChanged', incidentId },
  );
}
