import type { Store } from '../../domain/ports/store.ts';
import { interruptedRuns } from '../../store/interrupted.ts';

/** Tells of each run that Muster was away from it; called at start, before anything goes on. */
export async function noteRestart({ store }: { store: Store }): Promise<void> {
  await store.tx(async (tx) => {
    for (const { incidentId, runId, lastAt } of await interruptedRuns(tx)) {
      await tx.tell({ kind: 'RunTakenUp', incidentId, runId, lastAt });
    }
  });
}
