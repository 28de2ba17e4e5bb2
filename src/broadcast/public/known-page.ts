import { incidentLabel } from '../../domain/incident.ts';
import type { KnownPage } from '../../domain/ports/courier.ts';
import type { Store } from '../../domain/ports/store.ts';
import { readIncident } from '../../store/incidents.ts';
import { readPublic } from '../../store/public-incidents.ts';
import { readStoreId } from '../../store/stamp.ts';

/** What the status page's courier asks before it says anything: how an incident is found there. */
export function knownPageOf(store: Store): (incidentId: number) => Promise<KnownPage | null> {
  return (incidentId) =>
    store.tx(async (tx) => {
      const page = await readPublic(tx, incidentId);
      const incident = await readIncident(tx, incidentId);
      if (!page || !incident) return null;
      return {
        remoteId: page.remoteId,
        byHand: page.remoteId === null && (page.state === 'open' || page.state === 'resolved'),
        name: page.name,
        origin: {
          incident: incidentLabel(incident),
          store: await readStoreId(tx),
          declared: incident.declaredAt.toISOString(),
        },
      };
    });
}
