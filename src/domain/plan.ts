import type { Check, DataAtRisk, Kind, RegionRoles, Risk, Target, Traffic } from './action.ts';
import type { Mode, Purpose } from './command.ts';
import { incidentLabel, type RecordKind } from './incident.ts';
import type { JsonObject } from './json.ts';
import type { WhoseObjectives } from './objectives.ts';

/** One use of an action, as it would run now. */
export interface PlannedStep {
  id: string;
  title: string;
  uses: string;
  version: number;
  kind: Kind;
  risk: Risk;
  traffic: Traffic;
  /** The services it is for. */
  services: string[];
  fence: boolean;
  always: boolean;
  needs: string[];
  onFailure: 'pause' | 'continue' | 'stop';
  timeoutMs: number;
  retry: { attempts: number; backoffMs: number };
  /** Inputs as written: literals and expressions; evaluated again when outputs of earlier steps are known. */
  with: JsonObject;
  /** Inputs as evaluated now; absent fields are in `later`. */
  input: JsonObject;
  /** Input field → the steps whose output will give it. */
  later: Record<string, string[]>;
  target: Target | null;
  /** Only the fields that bind consent are compared; all are shown. */
  before: JsonObject;
  after: JsonObject;
  binds: string[];
  noChange: boolean;
  checks: Check[];
  /** Predicted for a fence: `deferred` when the Region to be fenced does not answer. */
  fencing: 'fenced' | 'deferred' | null;
  estimateMs: number;
  undo: string;
  undoable: boolean;
  /** It changes nothing that was there: an undo puts nothing back. */
  keeps?: boolean;
  controlPlane: string | null;
  dataAtRisk: DataAtRisk | null;
  /** Of a step that only reads: what it gave when the plan was made. Another value later is drift where it is used. */
  foreseen?: JsonObject;
}

export interface Acceptance {
  /** `step/check`. */
  check: string;
  reason: string;
  by: string;
}

/** What has been changed of an approved plan: each its own consent. */
export type Amendment =
  | { kind: 'skip'; step: string; reason: string }
  | { kind: 'defer-fence'; step: string; reason: string }
  /** `planned` is what the step would do now, read when it was asked for. */
  | { kind: 'accept-drift'; step: string; reason: string; planned: PlannedStep };

export interface Plan {
  id: string;
  incidentId: number;
  /** What it is run in; absent in a plan that an earlier version has made, which is an incident's. */
  record?: RecordKind;
  /** `run` carries out a command, `undo` puts a run's captured state back. */
  purpose: 'run' | 'undo';
  /** What its command is for; absent in a plan that an earlier version has made: recovery. */
  commandPurpose?: Purpose;
  /** The run that an undo is for. */
  undoes: string | null;
  /** Of an undo: what the run has made and this leaves, each a sentence; absent elsewhere, and of an earlier version. */
  left?: readonly string[];
  command: string;
  title: string;
  scenario: string | null;
  phrase: string | null;
  approvals: number;
  mode: Mode;
  /** Those of its command; absent in a plan that an earlier version has made. */
  modes?: readonly Mode[];
  inputs: JsonObject;
  regions: RegionRoles;
  account: string | null;
  /**
   * The command's, else what its services are owed. `rtoOf` and `rpoOf` say whose they are; absent in a plan that an earlier
   * version has made.
   */
  objectives: { rtoMs: number | null; rpoMs: number | null; rtoOf?: string | null; rpoOf?: string | null };
  /** What the services of its incident are owed, whatever the command's own; absent elsewhere, and of an earlier version. */
  owed?: WhoseObjectives;
  /** Everything an expression may read, but for the outputs of steps. */
  scope: JsonObject;
  steps: PlannedStep[];
  acceptances: Acceptance[];
  criticalPathMs: number;
  criticalPath: string[];
  /** Milliseconds left of the RTO that it is counted against when the plan was made; null without an objective. */
  rtoLeftMs: number | null;
  pointOfNoReturn: string | null;
  madeAt: string;
  requestedBy: string;
  /** SHA-256, hex, over `consentOf(plan)`. */
  digest: string;
  /** Six characters of the digest, as people compare them. */
  code: string;
}

/** The label of the incident, the drill or the routines that it is for. */
export function planLabel({ incidentId, record = 'incident' }: Pick<Plan, 'incidentId' | 'record'>): string {
  return incidentLabel({ id: incidentId, kind: record });
}

/** `ready` may be asked for; `needs-acceptance` once its unknowns are carried by name; `blocked` not at all. */
export type PlanVerdict = 'ready' | 'needs-acceptance' | 'blocked';
