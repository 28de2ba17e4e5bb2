import type { Fact } from '../../domain/facts.ts';
import type { Clock } from '../../domain/ports/clock.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { enterAnswered, enterOverdue } from './checklist-entries.ts';
import { enterConsent, enterGlassBroken, enterPlan, enterRequested, enterUnanswered } from './consent-entries.ts';
import { entering } from './enter.ts';
import {
  enterAcknowledged,
  enterDeclared,
  enterEscalated,
  enterHandOver,
  enterPhase,
  enterReviewAsked,
  enterReviewDone,
  enterRole,
  enterRoleEnded,
  enterSeverity,
  enterUnread,
} from './people-entries.ts';
import {
  enterChanged,
  enterEnded,
  enterGuard,
  enterPaused,
  enterStarted,
  enterStuck,
  enterSwitched,
  enterTakenUp,
} from './run-entries.ts';
import { enterBroken, enterDelivered, enterSaid, enterSnoozed } from './words-entries.ts';

/** Enters each fact into its incident's timeline: one plain sentence, once. */
export async function enterFact({ clock }: { clock: Clock }, tx: Tx, fact: Fact): Promise<void> {
  const on = entering(tx, fact.incidentId, clock);
  switch (fact.kind) {
    case 'PlanPosted':
      return enterPlan(on, fact.planId);
    case 'ConsentRequested':
      return enterRequested(on, fact.requestId);
    case 'ConsentChanged':
      return enterConsent(on, fact.requestId);
    case 'ConsentUnanswered':
      return enterUnanswered(on, fact);
    case 'GlassBroken':
      return enterGlassBroken(on, fact);
    case 'RunStarted':
      return enterStarted(on, fact.runId);
    case 'RunChanged':
      return enterChanged(on, fact.runId);
    case 'ItemsAnswered':
      return enterAnswered(on, fact);
    case 'ItemOverdue':
      return enterOverdue(on, fact);
    case 'RunPaused':
      return enterPaused(on, fact);
    case 'RunStuck':
      return enterStuck(on, fact);
    case 'RunTakenUp':
      return enterTakenUp(on, fact);
    case 'RunEnded':
      return enterEnded(on, fact);
    case 'RegionSwitched':
      return enterSwitched(on, fact);
    case 'GuardArmed':
      return enterGuard(on, { guardId: fact.guardId, what: 'armed' });
    case 'GuardFenced':
      return enterGuard(on, { guardId: fact.guardId, what: 'fenced' });
    case 'GuardTroubled':
      return enterGuard(on, { guardId: fact.guardId, what: 'troubled', why: fact.why });
    case 'GuardReleased':
      return enterGuard(on, { guardId: fact.guardId, what: 'released', why: fact.why });
    case 'BroadcastSaid':
      return enterSaid(on, fact.broadcastId);
    case 'BroadcastDelivered':
      return enterDelivered(on, fact);
    case 'PromiseBroken':
      return enterBroken(on, fact);
    case 'Snoozed':
      return enterSnoozed(on, fact);
    case 'IncidentDeclared':
      return enterDeclared(on);
    case 'GroupsUnread':
      return enterUnread(on, fact.groups);
    case 'RoleGranted':
      return enterRole(on, fact);
    case 'RoleEnded':
      return enterRoleEnded(on, fact);
    case 'SeverityChanged':
      return enterSeverity(on, fact);
    case 'CommandHandedOver':
      return enterHandOver(on, fact);
    case 'PhaseChanged':
      return enterPhase(on, fact);
    case 'Escalated':
      return enterEscalated(on, fact);
    case 'Acknowledged':
      return enterAcknowledged(on, fact.by);
    case 'ReviewAsked':
      return enterReviewAsked(on, fact.reviewId);
    case 'ReviewDone':
      return enterReviewDone(on, fact);
    case 'IncidentChanged':
    case 'TimelineNoted':
      return;
  }
}
