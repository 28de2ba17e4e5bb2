import type { Outgoing } from '../../domain/notice.ts';
import type { Store } from '../../domain/ports/store.ts';
import { type Backlog, readBacklog, refusedHours } from '../../store/outbox.ts';

/** A far end that does not take words at present, in a sentence; for readiness, which it only degrades. */
export interface Trouble {
  name: Outgoing['to'];
  why: string;
}

export async function readTrouble(store: Store): Promise<Trouble[]> {
  const backlog = await store.tx(readBacklog);
  return backlog.map((one) => ({ name: one.to, why: `${sayCounts(one)}: ${one.why}` }));
}

function sayCounts({ waiting, refused }: Backlog): string {
  const counts = [
    ...(waiting > 0 ? [`${words(waiting)} ${waiting === 1 ? 'waits' : 'wait'}`] : []),
    ...(refused > 0 ? [`${words(refused)} refused in the last ${refusedHours} hours`] : []),
  ];
  return counts.join(', ');
}

function words(count: number): string {
  return `${count} ${count === 1 ? 'word' : 'words'}`;
}
