import { incidentLabel } from '../domain/incident.ts';
import type { Outgoing } from '../domain/notice.ts';
import type { Courier, Delivery } from '../domain/ports/courier.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { RemoteIncident, StatuspageClient } from './client.ts';
import { StatuspageFailure } from './failure.ts';

type Open = Extract<Outgoing, { to: 'statuspage'; do: 'open' }>;
type Update = Extract<Outgoing, { to: 'statuspage'; do: 'update' }>;

export interface CourierDeps {
  client: StatuspageClient;
  /** Names this Muster's store, so that two of them on one page do not take each other's incidents. */
  store: string;
  /** The id under which the page knows an incident, once it was opened. */
  remoteIdOf(incidentId: number): Promise<string | null>;
  crash: Crash;
}

/** Statuspage has no idempotency key, so what is there is read before anything is posted. */
export function createStatuspageCourier(deps: CourierDeps): Courier {
  return {
    to: 'statuspage',
    deliver: async (outgoing, key) => {
      if (outgoing.to !== 'statuspage') return { state: 'refused', why: 'This is not for a status page.' };
      try {
        return await (outgoing.do === 'open' ? open(deps, outgoing, key) : update(deps, outgoing, key));
      } catch (error) {
        if (!(error instanceof StatuspageFailure)) throw error;
        if (error.afterMs === null) return { state: 'refused', why: error.message };
        return { state: 'later', why: error.message, afterMs: error.afterMs };
      }
    },
  };
}

async function open(deps: CourierDeps, outgoing: Open, key: string): Promise<Delivery> {
  const origin = { incident: incidentLabel(outgoing.incidentId), store: deps.store };
  const there = await deps.client.findUnresolved(origin);
  if (there) return sent(there);
  const { name, body, status, components, notify } = outgoing;
  const opened = await deps.client.create({ name, body, status, components, notify }, origin);
  deps.crash('statuspage.sent', key);
  return sent(opened);
}

async function update(deps: CourierDeps, outgoing: Update, key: string): Promise<Delivery> {
  const id = await deps.remoteIdOf(outgoing.incidentId);
  const label = incidentLabel(outgoing.incidentId);
  if (id === null) return { state: 'refused', why: `The page has no incident for ${label}: it was never opened.` };
  const there = await deps.client.read(id);
  if (says(there, outgoing)) return sent(there);
  if (there.status === 'resolved') return resolvedByHand(there, outgoing, label);
  const { body, status, components, notify } = outgoing;
  const updated = await deps.client.update(id, { body, status, components, notify });
  deps.crash('statuspage.sent', key);
  return sent(updated);
}

/** What people have resolved on the page stays resolved, and is not announced twice. */
function resolvedByHand(there: RemoteIncident, outgoing: Update, label: string): Delivery {
  if (outgoing.status === 'resolved') return sent(there);
  return { state: 'refused', why: `Somebody has resolved ${label} on the page itself, so it was left as it is.` };
}

function says(incident: RemoteIncident, outgoing: Update): boolean {
  const [newest] = incident.incident_updates.toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return newest?.status === outgoing.status && (newest.body ?? '').trim() === outgoing.body.trim();
}

function sent(incident: RemoteIncident): Delivery {
  return { state: 'sent', receipt: { id: incident.id, url: incident.shortlink } };
}
