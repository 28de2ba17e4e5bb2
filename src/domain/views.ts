import type { Audience, Rule } from './audience.ts';
import type { ItemState } from './checklist.ts';
import type { Incident, Recovery } from './incident.ts';
import type { Amendment, Plan } from './plan.ts';
import type { Run, StepState } from './run.ts';

/** Read models: all that a presenter needs, and nothing that it must look up. */

export interface IncidentView {
  incident: Incident;
  timezone: string;
  systemTitle: string;
  now: Date;
  active: { service: string; region: string }[];
  /** Regions that did not answer when they were last asked for a plan, and have not been fenced since. */
  silent: { region: string; at: Date }[];
  /** Its runs have fenced, and nothing was seen to take over: nobody is known to take writes. */
  standstill: boolean;
  run: Run | null;
  /** What its services are owed, whatever is run; null without one. */
  rto: ObjectiveView | null;
  guards: GuardView[];
  /** Everybody who holds a role in it, once each. */
  members: { person: string; slack: string | null }[];
  /** Requests for consent that wait. */
  asked: AskedView[];
  /** The newest request, where it ran out and nothing was run since; null else. */
  ranOut: RanOutView | null;
  recovery: Recovery | null;
  /** `unpublished`: the incident is over and nobody has published anything. */
  publicPage: { state: 'none' | 'draft' | 'open' | 'resolved' | 'unpublished'; url: string | null };
  /** Each audience that is reached, in order. */
  audiences: AudienceView[];
  acknowledged: { by: string; at: Date } | null;
  /** Every message of a sandbox or a rehearsal says so. */
  simulated: boolean;
}

/** An objective, and whose it is: a service's, a tier's or the system's. */
export interface ObjectiveView {
  ms: number;
  of: string;
}

/** Somebody is asked, and nothing goes on before they have answered. */
export interface AskedView {
  /** As within a sentence: `failover`, `undoing failover`. */
  what: string;
  code: string;
  requestedBy: string;
  requestedAt: Date;
  /** Approvals that are missing. */
  missing: number;
  /** Those whose approval would count. */
  of: string[];
}

/** A request that ended without an answer: nothing was done for it. */
export interface RanOutView {
  /** As within a sentence. */
  what: string;
  requestedBy: string;
  at: Date;
}

/** What one audience was told, and when it is owed the next words. */
export interface AudienceView {
  audience: Audience;
  rule: Rule;
  toldAt: Date | null;
  dueAt: Date | null;
  /** What they were told of the next words; null while nothing is promised. */
  promised: Date | null;
  kept: number;
  broken: number;
}

export interface GuardView {
  id: string;
  region: string;
  step: string;
  state: 'armed' | 'fenced' | 'released';
}

export type ConsentState = 'pending' | 'granted' | 'expired' | 'superseded' | 'refused';

export interface ConsentView {
  id: string;
  /** What people compare and approve; it covers the amendment where there is one. */
  code: string;
  plan: Plan;
  amendment: Amendment | null;
  runId: string | null;
  requestedBy: string;
  requestedAt: Date;
  expiresAt: Date;
  needed: number;
  approvals: { by: string; at: Date }[];
  state: ConsentState;
  brokenGlass: { by: string; reason: string } | null;
  timezone: string;
  simulated: boolean;
}

export interface RunView {
  run: Run;
  plan: Plan;
  steps: StepState[];
  /** Who approved it, in order; not known of a view made elsewhere. */
  approvedBy?: string[];
  now: Date;
  impactBeganAt: Date;
  timezone: string;
  /** Free text a running step last said of itself, by step. */
  progress: Record<string, string>;
  /** Consents pending inside the run. */
  asking: { requestId: string; code: string; sentence: string }[];
  undoable: boolean;
  /** Who takes writes and which way leads out, where it has fenced and nothing was seen to take over. */
  standstill: string | null;
  simulated: boolean;
}

/** A checklist that people answer, item by item. */
export interface ChecklistView {
  incidentId: number;
  runId: string;
  command: string;
  step: string;
  title: string;
  instructions: string;
  /** No item can be answered any more, and why; null while the step waits. */
  over: string | null;
  items: ItemState[];
  now: Date;
  timezone: string;
  simulated: boolean;
}

/** Something that a person is to read afterwards, and is reminded of until they have. */
export interface ReviewView {
  id: string;
  kind: 'post-mortem' | 'break-glass';
  incidentId: number;
  label: string;
  title: string;
  /** What it is about, in one sentence: of a broken glass, who broke it and why. */
  subject: string;
  askedAt: Date;
  dueAt: Date;
  reviewedBy: string | null;
  reviewedAt: Date | null;
  now: Date;
  timezone: string;
  simulated: boolean;
}

/** A document for people, as a file. */
export interface MarkdownFile {
  name: string;
  markdown: string;
}
