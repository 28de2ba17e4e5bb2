import { DBOS } from '@dbos-inc/dbos-sdk';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import { dropExpiredLeases, listLeaseHolders } from '../store/lease.ts';
import type { OpenStore } from '../store/open.ts';
import type { DurableLog } from './types.ts';

/**
 * Takes over what processes without a lease have left unfinished. Safe at any moment in several processes at once: the
 * engine hands each workflow to one of them.
 */
export async function takeOverOrphans(
  store: OpenStore,
  log: DurableLog,
  onTakenOver: (leases: number) => void,
): Promise<void> {
  const expired = await store.tx(dropExpiredLeases);
  if (expired.length > 0) {
    log.warn({ expired }, 'Processes were silent for too long; their work is taken over.');
    onTakenOver(expired.length);
  }
  // In this order: a process has its lease before it owns work, so an owner read first and missing second is gone.
  const owners = await listOwners();
  const holders = new Set(await store.tx(listLeaseHolders));
  const orphaned = owners.filter((owner) => !holders.has(owner));
  if (orphaned.length > 0) await DBOSExecutor.globalInstance?.recoverPendingWorkflows(orphaned);
}

async function listOwners(): Promise<string[]> {
  const pending = await DBOS.listWorkflows({ status: 'PENDING', loadInput: false, loadOutput: false });
  return [...new Set(pending.flatMap(({ executorId }) => executorId ?? []))];
}
