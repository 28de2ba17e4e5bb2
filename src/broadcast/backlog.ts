import type { Outgoing } from '../domain/notice.ts';
import type { Store } from '../domain/ports/store.ts';
import { readBacklog } from '../store/outbox.ts';

/** A far end that does not take words at present, in a sentence; for readiness, which it only degrades. */
export interface Trouble {
  name: Outgoing['to'];
  why: string;
}

export async function readTrouble(store: Store): Promise<Trouble[]> {
  const backlog = await store.tx(readBacklog);
  return backlog.map(({ to, waiting, why }) => ({
    name: to,
    why: `${waiting} ${waiting === 1 ? 'word waits' : 'words wait'}: ${why}`,
  }));
}
