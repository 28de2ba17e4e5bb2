import type { Plan } from './plan.ts';

/** Undo is for what stopped before the first irreversible effect, and has changed what can be put back. */
export function canBeUndone(
  plan: Pick<Plan, 'purpose' | 'steps'>,
  steps: readonly { id: string; effectSent: boolean }[],
): boolean {
  if (plan.purpose === 'undo') return false;
  const sent = new Set(steps.filter((step) => step.effectSent).map((step) => step.id));
  const touched = plan.steps.filter((step) => sent.has(step.id));
  return touched.some(({ keeps }) => !keeps) && touched.every((step) => step.undoable);
}
