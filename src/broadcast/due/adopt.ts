import { audiences, firstDue, isReached } from '../../domain/audience.ts';
import { type Incident, isIncident } from '../../domain/incident.ts';
import type { Store, Tx } from '../../domain/ports/store.ts';
import { audiencesOf, insertAudience, markTold } from '../../store/audiences.ts';
import { listIncidents, lockIncident } from '../../store/incidents.ts';
import type { WordsDeps } from '../deps.ts';
import { isOpenOnPage } from '../public/page.ts';

/**
 * Incidents that go on since before audiences were told of them: whoever is reached is owed words from now on, so that
 * the next look speaks once. Nobody is called about them: people have been at work on them since.
 */
export async function adoptIncidents(deps: WordsDeps & { store: Store }): Promise<void> {
  const open = await deps.store.tx((tx) => listIncidents(tx, ['investigating', 'recovering', 'monitoring']));
  for (const { id } of open.filter(isIncident)) {
    await deps.store.tx(async (tx) => {
      const incident = await lockIncident(tx, id);
      if (incident && (await audiencesOf(tx, id)).length === 0) await adopt(deps, tx, incident);
    });
  }
}

/** Of them all, only the public may have been told before: by its page. */
async function adopt(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const now = deps.clock.now();
  const incidentId = incident.id;
  for (const audience of audiences.filter((one) => isReached(deps.home, one))) {
    const dueAt = firstDue(deps.home, incident, audience) && now;
    if (audience === 'public' && (await isOpenOnPage(tx, incidentId))) {
      await markTold(tx, { incidentId, audience, at: now, dueAt });
    } else {
      await insertAudience(tx, { incidentId, audience, dueAt });
    }
  }
}
