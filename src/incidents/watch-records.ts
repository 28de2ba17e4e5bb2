import { muster } from '../domain/identity.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Store } from '../domain/ports/store.ts';
import { lockEndedRecords } from '../store/incidents.ts';
import { writeClosed } from './end.ts';

/** How long a drill stays open for whoever has something to add, once nothing runs in it any more. */
const quietMs = 24 * 3_600_000;

/** Closes drills that have been quiet for a day, and the routines of months that are over. */
export async function watchRecords(deps: { store: Store; clock: Clock }): Promise<void> {
  await deps.store.tx(async (tx) => {
    const quietSince = new Date(deps.clock.now().getTime() - quietMs);
    for (const record of await lockEndedRecords(tx, quietSince)) await writeClosed(deps, tx, record, muster);
  });
}
