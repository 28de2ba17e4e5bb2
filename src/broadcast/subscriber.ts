import type { Fact } from '../domain/facts.ts';
import { type Incident, isIncident, type Phase } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import { recovered } from '../domain/run.ts';
import { readIncident } from '../store/incidents.ts';
import type { WordsDeps } from './deps.ts';
import { beginAudiences, followPhase, reckonAgain, touchWaiting } from './due/facts.ts';
import { endEscalation, startEscalation } from './escalation/start.ts';
import { post } from './post.ts';
import { askPostMortem } from './review/ask.ts';
import { tellHandedOver, tellSeverity } from './words/changes.ts';
import { touchChecklist } from './words/checklist.ts';
import { tellCheckpoints } from './words/checkpoint.ts';
import { tellConsentChanged, tellGlassBroken, tellRequested, tellUnanswered } from './words/consent.ts';
import {
  tellDeclared,
  tellGranted,
  tellGuard,
  tellOpened,
  tellPhase,
  tellRoleEnded,
  tellUnread,
  touchHeader,
} from './words/incident.ts';
import { tellEnded, tellHalt, tellStarted, tellSwitched, touchRun } from './words/run.ts';

/** Turns facts into words that are due, in the transaction in which the fact became true. */
export function broadcastSubscriber(deps: WordsDeps & { nudge: () => void }): (tx: Tx, fact: Fact) => Promise<void> {
  return async (tx, fact) => {
    const incident = await readIncident(tx, fact.incidentId);
    if (!incident) return;
    await tellFact(deps, tx, incident, fact);
    if (!isOfWords(fact)) await touchWaiting(deps, tx, incident.id);
    tx.afterCommit(deps.nudge);
  };
}

async function tellFact(deps: WordsDeps, tx: Tx, incident: Incident, fact: Fact): Promise<void> {
  switch (fact.kind) {
    case 'IncidentDeclared':
      return tellNew(deps, tx, incident);
    case 'IncidentChanged':
      return touchHeader(deps, tx, incident);
    case 'SeverityChanged':
      await tellSeverity(deps, tx, incident, fact);
      return reckonAgain(deps, tx, incident);
    case 'CommandHandedOver':
      return tellHandedOver(deps, tx, incident, fact);
    case 'RoleGranted':
      return tellGranted(deps, tx, incident, fact);
    case 'RoleEnded':
      return tellRoleEnded(deps, tx, incident, fact);
    case 'GroupsUnread':
      return tellUnread(deps, tx, incident, fact.groups);
    case 'PhaseChanged':
      return followIncident(deps, tx, incident, fact.phase);
    case 'GuardArmed':
      return tellGuard(deps, tx, incident, { guardId: fact.guardId, what: 'guard-armed' });
    case 'GuardFenced':
      return tellGuard(deps, tx, incident, { guardId: fact.guardId, what: 'guard-fenced' });
    case 'GuardTroubled':
      return tellGuard(deps, tx, incident, { guardId: fact.guardId, what: 'guard-troubled', why: fact.why });
    case 'GuardReleased':
      return tellGuard(deps, tx, incident, { guardId: fact.guardId, what: 'guard-released', why: fact.why });
    case 'PlanPosted': {
      const place = { in: 'incident', incidentId: incident.id } as const;
      return post(deps, tx, { place, notice: { kind: 'plan', planId: fact.planId }, key: `plan:${fact.planId}` });
    }
    case 'ConsentRequested':
      return tellRequested(deps, tx, incident, fact.requestId);
    case 'ConsentChanged':
      return tellConsentChanged(deps, tx, fact.requestId);
    case 'ConsentUnanswered':
      return tellUnanswered(deps, tx, incident, fact);
    case 'GlassBroken':
      return tellGlassBroken(deps, tx, incident, fact);
    case 'RunStarted':
      return tellStarted(deps, tx, incident, fact.runId);
    case 'RunChanged':
      await touchRun(deps, tx, incident, fact.runId);
      return tellCheckpoints(deps, tx, incident, fact.runId);
    case 'ItemsAnswered':
    case 'ItemOverdue':
      return touchChecklist(deps, tx, fact);
    case 'RunPaused':
      await tellHalt(deps, tx, incident, { ...fact, what: 'run-paused' });
      return reckonAgain(deps, tx, incident);
    case 'RunStuck':
      return tellHalt(deps, tx, incident, { ...fact, what: 'run-stuck' });
    case 'RunEnded':
      await tellEnded(deps, tx, incident, fact);
      return recovered.includes(fact.outcome) ? undefined : reckonAgain(deps, tx, incident);
    case 'RegionSwitched':
      return tellSwitched(deps, tx, incident, fact);
    case 'RunTakenUp':
    case 'BroadcastSaid':
    case 'BroadcastDelivered':
    case 'PromiseBroken':
    case 'Snoozed':
    case 'Escalated':
    case 'Acknowledged':
    case 'ReviewAsked':
    case 'ReviewDone':
    case 'TimelineNoted':
      return;
  }
}

async function tellNew(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  if (!isIncident(incident)) return tellOpened(deps, tx, incident);
  await tellDeclared(deps, tx, incident);
  await beginAudiences(deps, tx, incident);
  await startEscalation(deps, tx, incident);
}

async function followIncident(deps: WordsDeps, tx: Tx, incident: Incident, phase: Phase): Promise<void> {
  await tellPhase(deps, tx, incident, phase);
  await followPhase(deps, tx, incident, phase);
  if (phase !== 'resolved') return;
  await endEscalation(deps, tx, incident);
  await askPostMortem(deps, tx, incident);
}

/** What was said does not change what is to be said next; whoever said it has looked after the draft. */
function isOfWords({ kind }: Fact): boolean {
  return kind === 'BroadcastSaid' || kind === 'BroadcastDelivered' || kind === 'PromiseBroken' || kind === 'Snoozed';
}
