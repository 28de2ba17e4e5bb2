import type { Plan, PlannedStep } from './plan.ts';
import type { StepState } from './run.ts';
import { canBeUndone } from './undoable.ts';

/** What a run that was given up leaves changed, step by step, and whether undo puts it back; null where that is nothing. */
export function leftStanding(
  plan: Pick<Plan, 'purpose' | 'steps'>,
  steps: readonly Pick<StepState, 'id' | 'effectSent'>[],
): { changed: string[]; undoable: boolean } | null {
  const sent = new Set(steps.filter(({ effectSent }) => effectSent).map(({ id }) => id));
  const changed = plan.steps.filter((step) => sent.has(step.id)).map(sayLeft);
  return changed.length === 0 ? null : { changed, undoable: canBeUndone(plan, steps) };
}

function sayLeft({ id, title }: PlannedStep): string {
  return `${id} (${title})`;
}
