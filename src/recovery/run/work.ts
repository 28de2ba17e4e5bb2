import type { Action, StepContext } from '../../domain/action.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import type { AttemptResult } from '../../domain/run.ts';
import type { Cause } from '../../domain/trouble.ts';
import type { RecoveryDeps } from '../deps.ts';

/** One attempt at a step; `factsAt` is where its facts are kept. */
export interface Attempt {
  runId: string;
  stepId: string;
  factsAt: string;
  attempt: number;
  startedAt: string;
  outputs: Record<string, JsonObject>;
  /** What the step was approved to do: its plan's, or what a granted amendment says. */
  approved: PlannedStep;
  /** A return guard fences whatever it finds: only what it must become is compared, and nothing unknown is carried. */
  byGuard: boolean;
}

/** `note` is what was found; of what stopped short, also what was expected instead of it and why it could not be had. */
export interface Outcome extends Pick<AttemptResult, 'status' | 'note' | 'output'> {
  expected?: string;
  cause?: Cause;
  /** The note says all of it already. */
  isWhole?: true;
}

/** Told in full, with what the facts say of whether its effect may have happened. */
export type Settled = Pick<AttemptResult, 'status' | 'note' | 'output' | 'effectSent'>;

/** Everything an attempt works with, read once. */
export interface Work {
  deps: RecoveryDeps;
  at: Attempt;
  plan: Plan;
  incidentId: number;
  action: Action;
  ctx: Omit<StepContext, 'signal'>;
}

export function deadlineOf(at: Attempt): Date {
  return new Date(Date.parse(at.startedAt) + at.approved.timeoutMs);
}
