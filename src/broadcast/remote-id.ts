import type { Store } from '../domain/ports/store.ts';
import { readPublic } from '../store/public-incidents.ts';

/** The id under which the status page knows an incident; null until it was opened. */
export function remoteIdOf(store: Store): (incidentId: number) => Promise<string | null> {
  return (incidentId) => store.tx(async (tx) => (await readPublic(tx, incidentId))?.remoteId ?? null);
}
