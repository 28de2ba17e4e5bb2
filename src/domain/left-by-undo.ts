import { contradictions, deleting, making, netContradictions, realName, type SentEffect } from './contradictions.ts';
import type { Plan, PlannedStep } from './plan.ts';
import type { StepState } from './run.ts';

/** Actions that take away what their own run has made: they leave nothing. */
const removing: readonly string[] = [...Object.keys(deleting), 'cloudformation.delete-stack', 'terraform.destroy'];

/** What a run has made that its undo leaves where it is, each with what to do about it. */
export function leftByUndo(
  plan: Pick<Plan, 'steps'>,
  steps: readonly Pick<StepState, 'id' | 'status' | 'effectSent'>[],
  sent: Readonly<Record<string, SentEffect>>,
): string[] {
  const touched = new Set(steps.filter(({ effectSent }) => effectSent).map(({ id }) => id));
  const stands = new Set(
    netContradictions(contradictions(plan, steps, sent)).flatMap(({ field, step }) => (field === 'made' ? [step] : [])),
  );
  return plan.steps
    .filter(({ id, keeps, uses }) => keeps && touched.has(id) && !removing.includes(uses))
    .filter(({ id, uses }) => !(uses in making) || stands.has(id))
    .map((step) => sayLeft(step, sent[step.id]));
}

function sayLeft(step: PlannedStep, sent: SentEffect | undefined): string {
  const named = `${step.id} (${step.title})`;
  const target = sent?.target ?? step.target;
  if (target === null) return `${named}: ${step.undo}`;
  const where = `${named}, ${realName(step, target, sent)} in ${target.region}`;
  return step.uses in making ? `${where}: delete it by hand once nobody needs it.` : `${where}: ${step.undo}`;
}
