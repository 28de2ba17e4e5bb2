import type { JsonObject } from '../../domain/json.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { Steer } from '../../domain/run.ts';
import type { RecoveryDeps } from '../deps.ts';

/** Puts a message in a run's mailbox, in the transaction that decided it. */
export async function sendSteer(tx: Tx, deps: RecoveryDeps, runId: string, steer: Steer): Promise<void> {
  const mail = { steer, at: deps.clock.now().toISOString() };
  await deps.engine().sendIn(tx, runId, JSON.parse(JSON.stringify(mail)) as JsonObject);
}
