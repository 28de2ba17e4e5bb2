import type { Fact } from '../domain/facts.ts';
import type { Incident } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import { readIncident } from '../store/incidents.ts';
import type { WordsDeps } from './deps.ts';
import { post } from './post.ts';
import { tellConsentChanged, tellGlassBroken, tellRequested, tellUnanswered } from './words-of-consent.ts';
import { tellDeclared, tellGranted, tellGuard, tellPhase, tellUnread, touchHeader } from './words-of-incident.ts';
import { tellEnded, tellHalt, tellStarted, tellSwitched, touchRun } from './words-of-run.ts';

/** Turns facts into words that are due, in the transaction in which the fact became true. */
export function broadcastSubscriber(deps: WordsDeps & { nudge: () => void }): (tx: Tx, fact: Fact) => Promise<void> {
  return async (tx, fact) => {
    const incident = await readIncident(tx, fact.incidentId);
    if (!incident) return;
    await tellFact(deps, tx, incident, fact);
    tx.afterCommit(deps.nudge);
  };
}

async function tellFact(deps: WordsDeps, tx: Tx, incident: Incident, fact: Fact): Promise<void> {
  switch (fact.kind) {
    case 'IncidentDeclared':
      return tellDeclared(deps, tx, incident);
    case 'IncidentChanged':
      return touchHeader(deps, tx, incident);
    case 'RoleGranted':
      return tellGranted(deps, tx, incident, fact);
    case 'GroupsUnread':
      return tellUnread(deps, tx, incident, fact.groups);
    case 'PhaseChanged':
      return tellPhase(deps, tx, incident, fact.phase);
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
      return touchRun(deps, tx, incident, fact.runId);
    case 'RunPaused':
      return tellHalt(deps, tx, incident, { ...fact, what: 'run-paused' });
    case 'RunStuck':
      return tellHalt(deps, tx, incident, { ...fact, what: 'run-stuck' });
    case 'RunEnded':
      return tellEnded(deps, tx, incident, fact);
    case 'RegionSwitched':
      return tellSwitched(deps, tx, incident, fact);
  }
}
