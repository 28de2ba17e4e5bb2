import type { Plan } from '../../domain/plan.ts';
import { StoreUnreachable } from '../../store/failures.ts';
import type { RecoveryDeps } from '../deps.ts';

const againMs = 5_000;
/** From this failure on people are told. */
const toldAt = 3;

/** A run whose turn the database refuses must not die of it: it is tried again, and after a few times people are told. */
export async function untilWritten(
  deps: RecoveryDeps,
  plan: Plan,
  runId: string,
  write: () => Promise<null>,
): Promise<null> {
  for (let failure = 1; ; failure += 1) {
    try {
      return await write();
    } catch (error) {
      if (error instanceof StoreUnreachable) throw error;
      deps.log.error(
        { err: error, run: runId, incident: plan.incidentId },
        'a turn of a run could not be written; it is tried again',
      );
      if (failure === toldAt) await tellStuck(deps, plan, runId, error);
      await deps.stopwatch.sleep(againMs);
    }
  }
}

async function tellStuck(deps: RecoveryDeps, plan: Plan, runId: string, error: unknown): Promise<void> {
  const why = error instanceof Error ? error.message : String(error);
  await deps.store.tx((tx) => tx.tell({ kind: 'RunStuck', incidentId: plan.incidentId, runId, why }));
}
