import type { Plan, PlannedStep } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { StoreUnreachable } from '../../store/failures.ts';
import { endGuard, type GuardRow, noteTrouble, readGuard } from '../../store/guards.ts';
import { readPlan } from '../../store/plans.ts';
import { wasSwitchedTo } from '../../store/regions.ts';
import { lockHolder, readRun } from '../../store/runs.ts';
import { readStepFacts } from '../../store/steps.ts';
import type { RecoveryDeps } from '../deps.ts';
import { guardFacts } from './arm-guard.ts';
import { attemptStep } from './attempt.ts';
import { lockKeys } from './lock-keys.ts';
import { releaseGuard } from './release-guards.ts';
import { replanStep } from './replan.ts';

/** One look at a Region that could not be fenced: fences it when it answers. True when there is nothing left to watch. */
export async function lookForReturn(deps: RecoveryDeps, guardId: string): Promise<boolean> {
  try {
    return await tryFence(deps, guardId);
  } catch (error) {
    if (error instanceof StoreUnreachable) throw error;
    await tellTrouble(deps, guardId, error instanceof Error ? error.message : String(error));
    return false;
  }
}

async function tryFence(deps: RecoveryDeps, guardId: string): Promise<boolean> {
  const { guard, plan } = await readGuarded(deps, guardId);
  const approved = plan?.steps.find((step) => step.id === guard?.stepId);
  if (!guard || !plan || !approved || guard.state !== 'armed') return true;
  if (await releasedByReturn(deps, guard, approved)) return true;
  if (!(await answers(deps, plan, guard)) || (await isHeld(deps, plan, approved, guard))) return false;
  const factsAt = guardFacts(guard.runId, guard.stepId);
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
  if (outcome.status !== 'done' && outcome.status !== 'unchanged') {
    await tellTrouble(deps, guardId, `${outcome.status}: ${outcome.note ?? 'no reason given'}`);
    return false;
  }
  await deps.store.tx((tx) => recordFenced(tx, deps, guard));
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
    await releaseGuard(tx, deps, guard, `${services.join(', ')} moved back to ${guard.region}`);
    return true;
  });
}

/** Another run works on what the guard would fence: it waits for its turn. */
async function isHeld(deps: RecoveryDeps, plan: Plan, approved: PlannedStep, guard: GuardRow): Promise<boolean> {
  const [resource] = lockKeys(plan, [approved]);
  if (resource === undefined) return false;
  const holder = await deps.store.tx((tx) => lockHolder(tx, resource));
  return holder !== null && holder !== guard.runId;
}

async function answers(deps: RecoveryDeps, plan: Plan, guard: GuardRow): Promise<boolean> {
  const now: PlannedStep = await replanStep(
    deps,
    plan,
    { id: guard.runId, incidentId: guard.incidentId },
    guard.stepId,
    [],
  );
  return !now.checks.some((check) => check.verdict === 'unknown' && check.carry === 'ungraceful');
}

/** An attempt that the process died in is gone on with; one that settled is followed by the next. */
async function nextAttempt(deps: RecoveryDeps, runId: string, factsAt: string): Promise<number> {
  const facts = await deps.store.tx((tx) => readStepFacts(tx, runId, factsAt));
  const last = facts.at(-1)?.attempt ?? 1;
  return facts.some((fact) => fact.attempt === last && fact.fact === 'settled') ? last + 1 : last;
}

async function recordFenced(tx: Tx, deps: RecoveryDeps, guard: GuardRow): Promise<void> {
  const at = deps.clock.now();
  if (!(await endGuard(tx, guard.id, { state: 'fenced', by: 'muster', at }))) return;
  await appendAudit(tx, {
    at,
    who: 'muster',
    door: 'muster',
    what: 'guard.fenced',
    incidentId: guard.incidentId,
    runId: guard.runId,
    detail: { guard: guard.id, step: guard.stepId, region: guard.region },
  });
  await tx.tell({ kind: 'GuardFenced', incidentId: guard.incidentId, guardId: guard.id });
}

/** The same trouble is told once: it is met again at every look. */
async function tellTrouble(deps: RecoveryDeps, guardId: string, why: string): Promise<void> {
  await deps.store.tx(async (tx) => {
    const guard = await readGuard(tx, guardId);
    const of = guard && { incident: guard.incidentId, run: guard.runId, step: guard.stepId };
    deps.log.warn({ ...of, guard: guardId, why }, 'a return guard could not fence; it looks again');
    if (!guard || !(await noteTrouble(tx, guardId, why))) return;
    await tx.tell({ kind: 'GuardTroubled', incidentId: guard.incidentId, guardId, why });
  });
}
