import type { z } from 'zod';
import type { Mode } from './command.ts';
import type { Duration } from './duration.ts';
import type { JsonObject } from './json.ts';
import type { Clock } from './ports/clock.ts';
import type { Cause } from './trouble.ts';

/** What a reading showed. A value that could not be read is `unknown`, and unknown is never pass. */
export type Verdict = 'pass' | 'fail' | 'unknown';
/** Who may carry an `unknown`: nobody, a person with a reason, or the consent to an ungraceful run. */
export type Carry = 'never' | 'with-reason' | 'ungraceful';

export interface Check {
  /** Unique within its step: `lag`. */
  id: string;
  title: string;
  verdict: Verdict;
  expected: string;
  found: string;
  carry: Carry;
  /** Of what could not be read: why not. */
  cause?: Cause;
}

/** Where an effect lands; part of what people consent to, and what a run locks. */
export interface Target {
  region: string;
  /** `ecs:dr-cluster/app-service`, `rds:dr-database`. */
  resource: string;
}

export interface DataAtRisk {
  /** Seconds of writes that would be lost; null when it could not be read. */
  seconds: number | null;
  /** The sentence people read, with the reading's own time. */
  explain: string;
  /** What was written from this instant on would be lost, until nobody writes; absent where it is no such span. */
  since?: string;
}

/** What an action would do now. Read-only to make. */
export interface ActionPlan {
  target: Target | null;
  /** Present state and the state after it, field by field; the fields named in `binds` are consented to. */
  before: JsonObject;
  after: JsonObject;
  /** It is already so: applying would change nothing. */
  noChange: boolean;
  checks: Check[];
  /** How long it usually takes, in milliseconds. */
  estimateMs: number;
  dataAtRisk?: DataAtRisk;
  /** Of what only reads: the output that it would give now, with which the steps that read it can be planned. */
  foreseen?: JsonObject;
}

export type Lookup =
  | { happened: true; receipt: JsonObject }
  | { happened: false }
  | { happened: 'unknowable'; why: string; cause?: Cause }
  /** It was sent, and what it was sent to has come to a state in which it cannot take effect any more by itself. */
  | { happened: 'failed'; why: string };

export type Observation =
  | { state: 'done'; output: JsonObject }
  /** `due` names what can be sent only by now, in a word: `reboot`. `advance` sends it. */
  | { state: 'working'; progress: string; againInMs: number; due?: string }
  | { state: 'failed'; why: string; cause?: Cause }
  | { state: 'unknown'; why: string; cause?: Cause; againInMs?: number };

/** What a step knows of its surroundings. */
export interface StepContext {
  clock: Clock;
  signal: AbortSignal;
  mode: Mode;
  /** `plan` reads with the plan role; `run` may change things with the run role. */
  purpose: 'plan' | 'run';
  regions: RegionRoles;
  /** When the impact began, if an incident is open: readings older than this are "before the incident". */
  impactBeganAt?: Date;
  /** Who owns what is created or changed: `run_3k9x/promote`. */
  owner: string;
}

export interface RegionRoles {
  active: string;
  standby: string;
  primary: string;
  recovery: string;
}

export type Kind = 'converge' | 'once' | 'read' | 'human';
export type Risk = 'read' | 'reversible' | 'irreversible';
/** Whether it moves traffic; a latching move stays where it is put until a person moves it. */
export type Traffic = 'none' | 'latching' | 'not-latching';

/** What is known of an action without any client: for lint, docs, permissions and forms. */
export interface ActionInfo {
  name: string;
  version: number;
  summary: string;
  kind: Kind;
  risk: Risk;
  traffic: Traffic;
  input: z.ZodObject;
  output: z.ZodObject;
  /** Fields of before and after that bind consent. */
  binds: readonly string[];
  /**
   * Permissions it uses, as `service:Action`; `asCaller` are those that the service itself uses in its caller's name
   * while it carries the effect out.
   */
  iam: { read: readonly string[]; effect: readonly string[]; asCaller?: readonly string[] };
  /** A data plane survives what a control plane does not; `own` is the Region of the step's target. */
  plane: { kind: 'data' } | { kind: 'control'; region: string };
  /**
   * Whether undo puts the captured state back, and how; or what to do instead. `keeps` is of what changes nothing that was
   * there: nothing stands in the way of an undo, and there is nothing to put back.
   */
  undo: { possible: boolean; keeps?: boolean; how: string };
  defaultTimeout: Duration;
  /** What its plan checks, for the reference page. */
  checks?: readonly string[];
}

export interface Catalogue {
  get(name: string): ActionInfo | undefined;
  list(): readonly ActionInfo[];
}

/** An action bound to its clients, with JSON in and out. A `read` or `human` action never has apply called. */
export interface Action extends ActionInfo {
  plan(input: JsonObject, ctx: StepContext): Promise<ActionPlan>;
  /** State to put back, read just before the effect. */
  capture(input: JsonObject, ctx: StepContext): Promise<JsonObject>;
  /** Sends the effect; returns the receipt by which it can be observed. `token` is the same however often it is sent. */
  apply(input: JsonObject, token: string, captured: JsonObject, ctx: StepContext): Promise<JsonObject>;
  /** Asked before anything is repeated. */
  lookup(input: JsonObject, token: string, captured: JsonObject, ctx: StepContext): Promise<Lookup>;
  /** Looks, and sends nothing. `receipt` is null where nothing had to be changed. */
  observe(input: JsonObject, receipt: JsonObject | null, ctx: StepContext): Promise<Observation>;
  /**
   * Sends what a look has just called due: the rest of an effect that one call cannot bring about. After a crash the next
   * look says whether it is still due; so what is sent here twice is the same as once.
   */
  advance?(input: JsonObject, receipt: JsonObject, ctx: StepContext): Promise<void>;
  verify(input: JsonObject, output: JsonObject, ctx: StepContext): Promise<Check[]>;
  /** What a `read` action has seen, in a few words for people: `37 of 640 bad`. */
  say?(output: JsonObject): string;
  /** The input with which this same action puts the captured state back; null when there is nothing to put back. */
  restore(input: JsonObject, captured: JsonObject): JsonObject | null;
}

export interface ActionRegistry {
  get(name: string): Action | undefined;
  list(): readonly Action[];
}
