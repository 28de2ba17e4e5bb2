import type { Purpose } from './command.ts';
import { type HealthStep, seeHealth } from './health.ts';
import type { Plan } from './plan.ts';
import { type Run, recovered, type StepState } from './run.ts';

/** What the command of a plan is for. */
export function purposeOf({ commandPurpose = 'recovery' }: Pick<Plan, 'commandPurpose'>): Purpose {
  return commandPurpose;
}

/** Steps as planned, each with what became of it, in written order. */
export function pairSteps<P extends { id: string }, S extends { id: string }>(
  planned: readonly P[],
  states: readonly S[],
): { planned: P; state: S }[] {
  return planned.flatMap((step) => {
    const state = states.find(({ id }) => id === step.id);
    return state ? [{ planned: step, state }] : [];
  });
}

/** Whether a run was a recovery that ended well: routines and drills bring nothing back. */
export function hasRecovered({
  run,
  plan,
}: {
  run: Pick<Run, 'purpose' | 'outcome'>;
  plan: Pick<Plan, 'commandPurpose'>;
}): boolean {
  const isRecovery = run.purpose === 'run' && purposeOf(plan) === 'recovery';
  return isRecovery && run.outcome !== null && recovered.includes(run.outcome);
}

/** Whether people were seen served after what the run did. One that only contains has recovered nothing yet. */
export function hasRestored(of: {
  run: Pick<Run, 'purpose' | 'outcome' | 'command'>;
  plan: Pick<Plan, 'commandPurpose'> & { steps: readonly HealthStep['planned'][] };
  steps: readonly StepState[];
}): boolean {
  return hasRecovered(of) && seeHealth(of.run.command, pairSteps(of.plan.steps, of.steps)).seen;
}
