import { ancestorsOf } from '../../domain/graph.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';

/**
 * Whether an earlier step of the same plan changes what this one changes. Then its "before" is what that step leaves: nobody
 * can read it when the plan is made, and it is no drift that it is another when its turn comes.
 */
export function followsOwn({ steps }: Pick<Plan, 'steps'>, step: PlannedStep): boolean {
  if (step.target === null || step.risk === 'read') return false;
  const needs = new Map(steps.map((one) => [one.id, one.needs]));
  const before = ancestorsOf(step.id, needs);
  return steps.some((one) => {
    const isEarlier = before.has(one.id) || (step.always && !one.always);
    return isEarlier && one.risk !== 'read' && isSameTarget(one, step);
  });
}

/** "No change" is said of the present state, which the steps before leave behind them. */
export function sayChanges(steps: PlannedStep[]): PlannedStep[] {
  return steps.map((step) => (step.noChange && followsOwn({ steps }, step) ? { ...step, noChange: false } : step));
}

function isSameTarget({ target: one }: PlannedStep, { target: other }: PlannedStep): boolean {
  return one !== null && other !== null && one.region === other.region && one.resource === other.resource;
}
