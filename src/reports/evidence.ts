import type { Plan, PlannedStep } from '../domain/plan.ts';
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
  return plan.steps.flatMap((planned) => {
    const state = steps.find((step) => step.id === planned.id);
    return state ? [{ planned, state }] : [];
  });
}

/** When a step was seen to be as it should be; null for one that was skipped, deferred or not observed. */
export function doneAt({ state }: StepEvidence): Date | null {
  const done = state.status === 'done' || state.status === 'unchanged';
  return done && state.endedAt !== null ? new Date(state.endedAt) : null;
}

export function latest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((last, at) => (last === null || at > last ? at : last), null);
}
