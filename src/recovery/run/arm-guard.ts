import type { PlannedStep } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { insertGuard } from '../../store/guards.ts';
import type { RecoveryDeps } from '../deps.ts';
import type { Outcome, Work } from './work.ts';

interface Arming {
  runId: string;
  incidentId: number;
  step: PlannedStep;
  region: string;
  /** What came of reading what was to be fenced, where that is why. */
  why?: string;
}

/** A fence that cannot be reached now: the run goes on, and a guard waits for its Region to come back. */
export async function deferFence(work: Work, why: string): Promise<Outcome> {
  const { deps, at, incidentId } = work;
  const of = { runId: at.runId, incidentId, step: at.approved, region: work.plan.regions.active, why };
  await deps.store.tx((tx) => armGuard(tx, deps, of));
  return {
    status: 'deferred',
    note: `${regionOf(of)} does not answer. A return guard fences it once it answers.`,
    output: null,
  };
}

/** Arms the guard of a deferred fence, once. */
export async function armGuard(tx: Tx, deps: RecoveryDeps, of: Arming): Promise<void> {
  const id = guardId(of.runId, of.step.id);
  const region = regionOf(of);
  const at = deps.clock.now();
  if (!(await insertGuard(tx, { id, incidentId: of.incidentId, runId: of.runId, stepId: of.step.id, region }, at)))
    return;
  await appendAudit(tx, {
    at,
    who: 'muster',
    door: 'muster',
    what: 'guard.armed',
    incidentId: of.incidentId,
    runId: of.runId,
    detail: { guard: id, step: of.step.id, region, ...(of.why !== undefined && { why: of.why }) },
  });
  await deps.engine().startIn(tx, 'guard', id, { guardId: id });
  await tx.tell({ kind: 'GuardArmed', incidentId: of.incidentId, guardId: id });
}

function regionOf({ step, region }: Arming): string {
  return step.target?.region ?? region;
}

function guardId(runId: string, stepId: string): string {
  return `guard_${runId}_${stepId}`;
}

/** Where the facts of a guard's own attempts are kept. */
export function guardFacts(runId: string, stepId: string): string {
  return `guard:${guardId(runId, stepId)}`;
}
