import type { Courier, Delivery } from '../../domain/ports/courier.ts';
import { StoreUnreachable } from '../../store/failures.ts';
import type { OutboxRow } from '../../store/outbox.ts';

/** What cannot be put into a message this often never will be, and holds up all that waits behind it. */
const mostFaults = 10;
const why = 'it failed in a way that was not expected; see the log';

/** By row, how often a courier has failed; a process that starts anew counts anew. */
const faults = new WeakMap<Courier, Map<number, number>>();

/** What becomes of a row at which the courier itself failed, the far end having said nothing. */
export function afterFault(courier: Courier, row: OutboxRow, error: unknown): Delivery {
  if (error instanceof StoreUnreachable) return { state: 'later', why: 'the database does not answer', afterMs: 0 };
  const counts = faults.get(courier) ?? new Map<number, number>();
  faults.set(courier, counts);
  const count = (counts.get(row.id) ?? 0) + 1;
  if (count < mostFaults) {
    counts.set(row.id, count);
    return { state: 'later', why, afterMs: 0 };
  }
  counts.delete(row.id);
  return { state: 'refused', why: `${mostFaults} times ${why}.` };
}
