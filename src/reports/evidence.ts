import type { Plan, PlannedStep } from '../domain/plan.ts';
import { pairSteps as pair } from '../domain/restored.ts';
import type { Run, StepState } from '../domain/run.ts';

/** What a run has left to measure by. */
export interface Evidence {
  run: Run;
  plan: Plan;
  steps: readonly StepState[];
}

/** A measure, or null where nothing was observed; `explain` says from what, or why not. */
export interface Measured {
  ms: number | null;
  explain: string;
}

export interface StepEvidence {
  planned: PlannedStep;
  state: StepState;
}

/** Steps as planned, each with what became of it, in written order. */
export function pairSteps({ plan, steps }: Evidence): StepEvidence[] {
  return pair(plan.steps, steps);
}

/** Whether putting it back has begun: what it brought about serves nobody for certain. */
export function isBeingUndone({ run }: Evidence, runs: readonly Evidence[]): boolean {
  return runs.some(({ plan, steps }) => plan.undoes === run.id && steps.some(({ effectSent }) => effectSent));
}

/** Whether all of it was put back: what it has lost is there again. */
export function isUndone({ run }: Evidence, runs: readonly Evidence[]): boolean {
  return runs.some(
    ({ plan, run: undo }) => plan.undoes === run.id && undo.outcome === 'undone' && undo.exceptions.length === 0,
  );
}

export function latest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((last, at) => (last === null || at > last ? at : last), null);
}
