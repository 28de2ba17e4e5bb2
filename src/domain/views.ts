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
  run: Run | null;
  guards: GuardView[];
  recovery: Recovery | null;
  publicPage: { state: 'none' | 'draft' | 'open' | 'resolved'; url: string | null };
  /** Every message of a sandbox or a rehearsal says so. */
  simulated: boolean;
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
  now: Date;
  impactBeganAt: Date;
  timezone: string;
  /** Free text a running step last said of itself, by step. */
  progress: Record<string, string>;
  /** Consents pending inside the run. */
  asking: { requestId: string; code: string; sentence: string }[];
  undoable: boolean;
  simulated: boolean;
}
