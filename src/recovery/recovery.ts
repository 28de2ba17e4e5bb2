import type { ItemAnswer } from '../domain/checklist.ts';
import type { Command, Mode } from '../domain/command.ts';
import type { Person } from '../domain/person.ts';
import type { Plan, PlanVerdict } from '../domain/plan.ts';
import type { ChecklistView, ConsentView, RunView } from '../domain/views.ts';

/** Everything that people may ask of recovery, by whatever door. Each throws `Refusal` when nothing was done. */
export interface Recovery {
  commands(): readonly Command[];

  /** Reads the present state and says what the command would do. Changes nothing but its own record. */
  plan(ask: PlanAsk, by: Person): Promise<PlanMade>;
  /** What an undo of this run would put back. */
  planUndo(ask: { runId: string }, by: Person): Promise<PlanMade>;
  /** Posts a plan in its incident's channel. */
  post(planId: string, by: Person): Promise<void>;

  /** The requester's own consent: asks others for theirs, or starts the run when none is needed. */
  request(ask: ConsentAsk, by: Person): Promise<ConsentView>;
  approve(ask: { code: string; incidentId: number }, by: Person): Promise<ConsentView>;
  breakGlass(ask: { code: string; incidentId: number; reason: string }, by: Person): Promise<ConsentView>;

  pause(ask: SteerAsk, by: Person): Promise<string>;
  resume(ask: SteerAsk, by: Person): Promise<string>;
  abort(ask: SteerAsk, by: Person): Promise<string>;
  /** Retries a step; one that drifted asks for consent to what it would do now. */
  retry(ask: SteerAsk & { step: string }, by: Person): Promise<string>;
  /** Skips a step, or defers a fence that cannot be reached: a change of the approved plan, so it asks for consent. */
  skip(ask: SteerAsk & { step: string; reason: string }, by: Person): Promise<string>;
  /** A person's answer to a manual checkpoint; of a checklist, done answers every item that is open. */
  answer(ask: { runId: string; step: string; done: boolean; note: string }, by: Person): Promise<string>;
  /** Ticks items of a checklist, or declines them with a reason: all that is asked, or nothing. */
  answerItems(ask: ItemsAsk, by: Person): Promise<string>;

  readPlan(planId: string): Promise<Plan>;
  readConsent(requestId: string): Promise<ConsentView>;
  readRun(runId: string): Promise<RunView>;
  readChecklist(ask: { runId: string; step: string }): Promise<ChecklistView>;
  /** The newest run of an incident that has not ended, else the newest. */
  currentRun(incidentId: number): Promise<RunView | null>;
  /** Consents that wait for people in this incident. */
  pendingConsents(incidentId: number): Promise<ConsentView[]>;
}

export interface PlanAsk {
  incidentId: number;
  command: string;
  /** As typed: `{ tasks: '4' }`. */
  inputs: Record<string, string>;
  mode?: Mode;
}

export interface PlanMade {
  plan: Plan;
  verdict: PlanVerdict;
  /** Why it is blocked, or which unknowns must be carried by name (`step/check`). */
  problems: { check: string; sentence: string; carry: 'never' | 'with-reason' | 'ungraceful' }[];
}

export interface ConsentAsk {
  planId: string;
  /** What the requester typed; spaces around it are forgiven. */
  phrase: string;
  /** Reasons for unknowns carried by name: `step/check` → reason. */
  accept: Record<string, string>;
}

export interface ItemsAsk {
  runId: string;
  step: string;
  answers: { item: string; answer: ItemAnswer }[];
  /** Why, of those that are declined. */
  reason: string;
}

/** `reason` is optional but for skip. */
export interface SteerAsk {
  runId: string;
  reason?: string;
}
