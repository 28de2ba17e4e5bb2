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

/** Whether it was put back, in whole or in part: what it brought about serves nobody for certain. */
export function wasUndone({ run }: Evidence, runs: readonly Evidence[]): boolean {
  return runs.some(({ plan, steps }) => plan.undoes === run.id && steps.some(({ effectSent }) => effectSent));
}

export function latest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((last, at) => (last === null || at > last ? at : last), null);
}
