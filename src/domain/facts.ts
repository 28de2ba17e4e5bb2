import type { Audience } from './audience.ts';
import type { ItemAnswer } from './checklist.ts';
import type { Role } from './home.ts';
import type { Phase } from './incident.ts';
import type { RunOutcome } from './run.ts';

/** What has happened, told inside the transaction in which it became true. */
export type Fact =
  | { kind: 'IncidentDeclared'; incidentId: number }
  | { kind: 'IncidentChanged'; incidentId: number }
  | { kind: 'RoleGranted'; incidentId: number; role: Role; person: string; by: string }
  /** Slack's group `group`, by which they held it, has them no more. */
  | { kind: 'RoleEnded'; incidentId: number; role: Role; person: string; group: string }
  /** Slack groups that could not be read: their members hold no role until they can be, or a commander grants it. */
  | { kind: 'GroupsUnread'; incidentId: number; groups: string[] }
  | { kind: 'SeverityChanged'; incidentId: number; from: string; to: string; by: string }
  | { kind: 'CommandHandedOver'; incidentId: number; from: string; to: string; by: string }
  /** `by` is absent where it follows from a run. */
  | { kind: 'PhaseChanged'; incidentId: number; phase: Phase; by?: string }
  | { kind: 'PlanPosted'; incidentId: number; planId: string }
  | { kind: 'ConsentRequested'; incidentId: number; requestId: string }
  | { kind: 'ConsentChanged'; incidentId: number; requestId: string }
  | { kind: 'ConsentUnanswered'; incidentId: number; requestId: string; rung: number }
  | { kind: 'GlassBroken'; incidentId: number; requestId: string; by: string; reason: string }
  | { kind: 'RunStarted'; incidentId: number; runId: string }
  | { kind: 'RunChanged'; incidentId: number; runId: string }
  | { kind: 'RunPaused'; incidentId: number; runId: string; why: string }
  | { kind: 'RunEnded'; incidentId: number; runId: string; outcome: RunOutcome }
  | {
      kind: 'ItemsAnswered';
      incidentId: number;
      runId: string;
      step: string;
      items: string[];
      answer: ItemAnswer;
      reason: string | null;
      by: string;
    }
  /** Nobody has answered an item of a checklist in time; `owner` was reminded. */
  | { kind: 'ItemOverdue'; incidentId: number; runId: string; step: string; item: string; owner: string | null }
  /** The engine cannot go on with a run, and nobody has decided that: it neither advances nor ends by itself. */
  | { kind: 'RunStuck'; incidentId: number; runId: string; why: string }
  /** Muster goes on with a run after it was interrupted; `lastAt` is when it last wrote anything down before. */
  | { kind: 'RunTakenUp'; incidentId: number; runId: string; lastAt: Date }
  | { kind: 'RegionSwitched'; incidentId: number; runId: string; services: string[]; region: string }
  | { kind: 'GuardArmed'; incidentId: number; guardId: string }
  | { kind: 'GuardFenced'; incidentId: number; guardId: string }
  /** A guard that is armed but cannot watch or fence: its Region may take writes when it is back. */
  | { kind: 'GuardTroubled'; incidentId: number; guardId: string; why: string }
  | { kind: 'GuardReleased'; incidentId: number; guardId: string; why: string }
  /** Words to one audience were decided; they are on their way. */
  | { kind: 'BroadcastSaid'; incidentId: number; broadcastId: string; audience: Audience; origin: BroadcastOrigin }
  /** All that could arrive has arrived, and `note` says what did not. */
  | { kind: 'BroadcastDelivered'; incidentId: number; broadcastId: string; audience: Audience; note: string | null }
  | { kind: 'PromiseBroken'; incidentId: number; audience: Audience; promised: Date }
  | { kind: 'Snoozed'; incidentId: number; audiences: Audience[]; until: Date; by: string }
  | { kind: 'Escalated'; incidentId: number; rung: number; how: EscalationMeans; to: string[] }
  | { kind: 'Acknowledged'; incidentId: number; by: string }
  /** Something is to be read by a person afterwards: a post-mortem, or a glass that was broken. */
  | { kind: 'ReviewAsked'; incidentId: number; reviewId: string }
  | { kind: 'ReviewDone'; incidentId: number; reviewId: string; by: string }
  | { kind: 'TimelineNoted'; incidentId: number; entryId: number };

/** How words came to be said: by a person, by themselves, or as the neutral text that was approved beforehand. */
export type BroadcastOrigin = 'person' | 'automatic' | 'holding';
export type EscalationMeans = 'mention' | 'direct' | 'mail' | 'pager';
