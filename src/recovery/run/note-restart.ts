import type { Store, Tx } from '../../domain/ports/store.ts';
import { type Interrupted, interruptedRuns, unfinishedRuns } from '../../store/interrupted.ts';

/** Tells of each run that Muster was away from it; called at start, before anything goes on. */
export async function noteRestart({ store }: { store: Store }): Promise<void> {
  await store.tx(async (tx) => tell(tx, await interruptedRuns(tx)));
}

/** Tells the same of the runs among these workflows, which this process takes over from one that has died. */
export async function noteTakeOver({ store }: { store: Store }, workflows: readonly string[]): Promise<void> {
  await store.tx(async (tx) => tell(tx, await unfinishedRuns(tx, workflows)));
}

async function tell(tx: Tx, runs: readonly Interrupted[]): Promise<void> {
  for (const { incidentId, runId, lastAt } of runs) await tx.tell({ kind: 'RunTakenUp', incidentId, runId, lastAt });
}
