import type { PlannedStep } from './plan.ts';
import { type StepState, satisfied, seen } from './run.ts';

type Steps = readonly Pick<StepState, 'id' | 'status'>[];
type Planned = readonly Pick<PlannedStep, 'id' | 'needs' | 'risk' | 'traffic'>[];

/** Whether a check behind the traffic is still to come: until it has passed, people are led and not known to be served. */
export function isCheckedNext(planned: Planned, steps: Steps): boolean {
  const over = ['not-run', ...satisfied];
  return checksBehind(planned).some((id) => !over.includes(statusOf(steps, id)));
}

/** Whether every check behind the traffic has passed; true where a plan moves none, or looks at nothing afterwards. */
export function isServingSeen(planned: Planned, steps: Steps): boolean {
  return checksBehind(planned).every((id) => seen.some((status) => status === statusOf(steps, id)));
}

/** Steps that only read, and that come after a move of traffic. */
function checksBehind(planned: Planned): string[] {
  const behind = new Set(planned.filter((step) => step.traffic !== 'none').map((step) => step.id));
  const follows = (step: Planned[number]): boolean =>
    !behind.has(step.id) && step.needs.some((need) => behind.has(need));
  for (let next = planned.find(follows); next !== undefined; next = planned.find(follows)) behind.add(next.id);
  return planned
    .filter((step) => behind.has(step.id) && step.risk === 'read' && step.traffic === 'none')
    .map((step) => step.id);
}

function statusOf(steps: Steps, id: string): StepState['status'] {
  return steps.find((step) => step.id === id)?.status ?? 'waiting';
}
