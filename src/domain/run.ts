import type { JsonObject } from './json.ts';
import type { Amendment } from './plan.ts';

export type StepStatus =
  | 'waiting'
  | 'running'
  | 'done'
  | 'unchanged'
  | 'deferred'
  | 'skipped'
  | 'failed'
  | 'unknown'
  | 'drifted'
  | 'not-run';

/** Statuses that let the steps behind go on. */
export const satisfied: readonly StepStatus[] = ['done', 'unchanged', 'deferred', 'skipped'];
/** Statuses of what was seen to be so. */
export const seen: readonly StepStatus[] = ['done', 'unchanged'];
/** Statuses in which a step has stopped short. */
export const troubled: readonly StepStatus[] = ['failed', 'unknown', 'drifted'];

export interface StepState {
  id: string;
  status: StepStatus;
  attempt: number;
  startedAt: string | null;
  endedAt: string | null;
  /** What it waits for, or why it stopped. */
  note: string | null;
  output: JsonObject | null;
  /** Whether its effect has been sent at least once. */
  effectSent: boolean;
}

export type RunStatus = 'running' | 'paused' | 'aborting' | 'ended';
export type RunOutcome = 'succeeded' | 'succeeded-with-exceptions' | 'failed' | 'aborted' | 'undone';

/** Outcomes of a run that brought back what it was for. */
export const recovered: readonly RunOutcome[] = ['succeeded', 'succeeded-with-exceptions'];

/** One approved plan being carried out. */
export interface Run {
  id: string;
  incidentId: number;
  planId: string;
  command: string;
  purpose: 'run' | 'undo';
  status: RunStatus;
  /** Why it is paused, in one sentence. */
  note: string | null;
  outcome: RunOutcome | null;
  exceptions: string[];
  startedBy: string;
  startedAt: Date;
  endedAt: Date | null;
}

/** A message to a run, by a person or in consequence of a granted consent. */
export type Steer =
  | { word: 'pause' | 'resume' | 'abort'; by: string; reason: string | null }
  | { word: 'retry'; step: string; by: string; reason: string | null }
  | { word: 'amend'; amendment: Amendment; by: string };

/** What an attempt at a step came to. */
export interface AttemptResult {
  step: string;
  attempt: number;
  status: Exclude<StepStatus, 'waiting' | 'running' | 'skipped' | 'not-run'>;
  note: string | null;
  output: JsonObject | null;
  effectSent: boolean;
}
