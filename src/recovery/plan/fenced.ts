import { stringify } from 'safe-stable-stringify';
import type { Check } from '../../domain/action.ts';
import { pick } from '../../domain/consent.ts';
import { type Home, regionOf } from '../../domain/home.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import { type Fence, standingFences } from '../../store/fences.ts';
import { activeRegions } from '../../store/regions.ts';
import type { RecoveryDeps } from '../deps.ts';

/** The plan that steps are of, as far as it decides whether they may touch what is fenced. */
export type Fencing = Pick<Plan, 'account' | 'undoes'> & { steps: readonly Pick<PlannedStep, 'fence'>[] };

/**
 * Steps with a check on each that would change what an earlier run has fenced. While another Region serves it fails, and
 * nobody may carry it: two databases would take writes. A plan with a fence of its own moves that Region, and the undo of
 * the run that fenced puts back what it did itself.
 */
export async function keepFenced(deps: RecoveryDeps, plan: Fencing, steps: PlannedStep[]): Promise<PlannedStep[]> {
  if (plan.steps.some((step) => step.fence)) return steps;
  const { fences, active } = await deps.store.tx(async (tx) => ({
    fences: await standingFences(tx),
    active: await activeRegions(tx),
  }));
  const others = fences.filter((fence) => fence.runId !== plan.undoes);
  return steps.map((step) => {
    const fence = others.findLast((one) => wouldLift(plan, step, one));
    const check = fence && checkOf(fence, isLeft(deps.home, active, fence));
    return check ? { ...step, checks: [...step.checks, check] } : step;
  });
}

/** Whether one of its services is served from another Region now. */
function isLeft(home: Home, active: ReadonlyMap<string, string>, { region, services }: Fence): boolean {
  const concerned = services.length > 0 ? services : Object.keys(home.system.services);
  return concerned.some((service) => regionOf(home, active, service) !== region);
}

/** Changes what is fenced, and does not lead where the fence led. */
function wouldLift(plan: Fencing, step: PlannedStep, fence: Fence): boolean {
  const { target } = step;
  if (target === null || step.risk === 'read' || step.noChange) return false;
  const isTarget =
    plan.account === fence.account && target.region === fence.region && target.resource === fence.resource;
  return isTarget && !leadsThere(step, fence);
}

/** Whether a step would leave it as the fence left it. */
export function leadsThere(
  step: Pick<PlannedStep, 'uses' | 'after'>,
  { uses, after, binds }: Pick<Fence, 'uses' | 'after' | 'binds'>,
): boolean {
  return step.uses === uses && stringify(pick(step.after, binds)) === stringify(pick(after, binds));
}

/** Null where its Region is the active one and nothing was promoted: bringing it up again is how one goes back. */
function checkOf(fence: Fence, left: boolean): Check | null {
  const { runId, command, region, resource, promoted } = fence;
  if (left) {
    return {
      id: 'fenced',
      title: 'is not fenced',
      verdict: 'fail',
      expected: 'nothing that a failover has fenced',
      found:
        `${resource} in ${region}, fenced by ${command} ${runId}: bringing it up again would let two databases take writes, ` +
        `so fail over back to ${region} first`,
      carry: 'never',
    };
  }
  if (promoted.length === 0) return null;
  return {
    id: 'promoted',
    title: 'no other database takes writes',
    verdict: 'unknown',
    expected: `none beside that of ${resource} in ${region}`,
    found: `${promoted.join(' and ')}, promoted by ${command} ${runId}, which may take writes: then two databases would`,
    carry: 'with-reason',
  };
}
