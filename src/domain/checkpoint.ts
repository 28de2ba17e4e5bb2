import type { PlannedStep } from './plan.ts';

/** What a person is to do or look at, as the plan says it; '' where an earlier step gives it. */
export function instructionsOf({ input }: Pick<PlannedStep, 'input'>): string {
  return typeof input.instructions === 'string' ? input.instructions : '';
}
