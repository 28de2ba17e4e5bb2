import type { Role } from './home.ts';
import type { Phase } from './incident.ts';
import type { RunOutcome } from './run.ts';

/** What has happened, told inside the transaction in which it became true. */
export type Fact =
  | { kind: 'IncidentDeclared'; incidentId: number }
  | { kind: 'IncidentChanged'; incidentId: number }
  | { kind: 'RoleGranted'; incidentId: number; role: Role; person: string; by: string }
  /** Slack groups that could not be read: their members hold no role until a commander grants it. */
  | { kind: 'GroupsUnread'; incidentId: number; groups: string[] }
  | { kind: 'PhaseChanged'; incidentId: number; phase: Phase }
  | { kind: 'PlanPosted'; incidentId: number; planId: string }
  | { kind: 'ConsentRequested'; incidentId: number; requestId: string }
  | { kind: 'ConsentChanged'; incidentId: number; requestId: string }
  | { kind: 'ConsentUnanswered'; incidentId: number; requestId: string; rung: number }
  | { kind: 'GlassBroken'; incidentId: number; requestId: string; by: string; reason: string }
  | { kind: 'RunStarted'; incidentId: number; runId: string }
  | { kind: 'RunChanged'; incidentId: number; runId: string }
  | { kind: 'RunPaused'; incidentId: number; runId: string; why: string }
  | { kind: 'RunEnded'; incidentId: number; runId: string; outcome: RunOutcome }
  /** The engine cannot go on with a run, and nobody has decided that: it neither advances nor ends by itself. */
  | { kind: 'RunStuck'; incidentId: number; runId: string; why: string }
  | { kind: 'RegionSwitched'; incidentId: number; runId: string; services: string[]; region: string }
  | { kind: 'GuardArmed'; incidentId: number; guardId: string }
  | { kind: 'GuardFenced'; incidentId: number; guardId: string }
  /** A guard that is armed but cannot watch or fence: its Region may take writes when it is back. */
  | { kind: 'GuardTroubled'; incidentId: number; guardId: string; why: string }
  | { kind: 'GuardReleased'; incidentId: number; guardId: string; why: string };
