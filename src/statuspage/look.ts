import type { PageOrigin } from '../domain/ports/courier.ts';
import type { StatuspageClient } from './client.ts';
import { isByHand, isFrom, type RemoteIncident } from './remote.ts';

/** Real milliseconds for which one list of what is on the page serves all words that were never tried before. */
const listServesMs = 30_000;

/** An incident as the page shows it: read anew where these words may have arrived before. */
export async function readShown(client: StatuspageClient, id: string, uncertain: boolean): Promise<RemoteIncident> {
  if (uncertain) return client.read(id);
  const listed = (await client.unresolved(listServesMs)).find((incident) => incident.id === id);
  return listed ?? client.read(id);
}

/** What Muster has opened for this incident, its answer having been lost; null when it has not. */
export async function findOurs(
  client: StatuspageClient,
  origin: PageOrigin,
  uncertain: boolean,
): Promise<RemoteIncident | null> {
  const mine = (incident: RemoteIncident) => isFrom(incident, origin);
  const open = (await client.unresolved(uncertain ? 0 : listServesMs)).find(mine);
  if (open || !uncertain) return open ?? null;
  return (await client.recent()).find(mine) ?? null;
}

/**
 * What a person has opened, under the name that was handed to them: others may be other people's. `unclear` when several
 * have that name, or when none has it and one that was opened `since` may be meant; null when there is none at all.
 */
export async function findByHand(
  client: StatuspageClient,
  of: { name: string; since: number },
): Promise<RemoteIncident | 'unclear' | null> {
  const open = (await client.unresolved(0)).filter(isByHand);
  const [named, ...alike] = open.filter((incident) => plain(incident.name) === plain(of.name));
  if (named) return alike.length === 0 ? named : 'unclear';
  return open.some((incident) => Date.parse(incident.created_at ?? '') >= of.since) ? 'unclear' : null;
}

function plain(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}
