import { isOpen } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { readEscalation, unanswered } from '../../store/escalations.ts';
import { lockIncident } from '../../store/incidents.ts';
import type { BroadcastDeps, WordsDeps } from '../deps.ts';
import { earliest } from '../later.ts';
import { climb } from './climb.ts';
import { nextRungAt } from './ladder.ts';

/**
 * Calls whoever is to be called by now, each incident by itself: what fails in one leaves the others alone. Returns when
 * the next rung is due, or null when none is.
 */
export async function watchEscalations(
  deps: WordsDeps & Pick<BroadcastDeps, 'store' | 'onError'>,
): Promise<Date | null> {
  const now = deps.clock.now();
  const due = (at: Date | null): boolean => at !== null && at <= now;
  for (const one of await deps.store.tx(unanswered)) {
    if (!due(nextRungAt(deps.home, one))) continue;
    await deps.store.tx((tx) => climbDue(deps, tx, one.incidentId)).catch(deps.onError);
  }
  const waiting = await deps.store.tx(unanswered);
  return earliest(waiting.map((one) => nextRungAt(deps.home, one)));
}

/** The incident is held, so that nobody is called while it is being acknowledged or resolved. */
async function climbDue(deps: WordsDeps, tx: Tx, incidentId: number): Promise<void> {
  const incident = await lockIncident(tx, incidentId);
  const escalation = await readEscalation(tx, incidentId);
  if (!incident || !escalation || !isOpen(incident) || escalation.acknowledgedAt !== null) return;
  await climb(deps, tx, incident, { ...escalation, severity: incident.severity });
}
