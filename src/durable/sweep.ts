import { DBOS } from '@dbos-inc/dbos-sdk';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import { dropExpiredLeases, listLeaseHolders } from '../store/lease.ts';
import type { OpenStore } from '../store/open.ts';
import type { DurableLog, TakenOver } from './types.ts';

/**
 * Takes over what processes without a lease have left unfinished. Safe at any moment in several processes at once: the
 * engine hands each workflow to one of them.
 */
export async function takeOverOrphans(
  store: OpenStore,
  log: DurableLog,
  onTakenOver: (taken: TakenOver) => Promise<void>,
): Promise<void> {
  // In this order: a process has its lease before it owns work, so an owner read first and missing second is gone.
  const pending = await listPending();
  const expired = await store.tx(dropExpiredLeases);
  if (expired.length > 0) {
    log.warn({ expired }, 'Processes were silent for too long; their work is taken over.');
    const workflows = pending.filter(({ owner }) => expired.includes(owner)).map(({ id }) => id);
    // Before it goes on, and never in its way.
    await onTakenOver({ leases: expired.length, workflows }).catch((error: unknown) =>
      log.warn({ err: error }, 'It could not be told that work is taken over.'),
    );
  }
  const holders = new Set(await store.tx(listLeaseHolders));
  const orphaned = [...new Set(pending.map(({ owner }) => owner))].filter((owner) => !holders.has(owner));
  if (orphaned.length > 0) await DBOSExecutor.globalInstance?.recoverPendingWorkflows(orphaned);
}

async function listPending(): Promise<{ id: string; owner: string }[]> {
  const pending = await DBOS.listWorkflows({ status: 'PENDING', loadInput: false, loadOutput: false });
  return pending.flatMap(({ workflowID, executorId }) =>
    executorId === undefined ? [] : [{ id: workflowID, owner: executorId }],
  );
}
