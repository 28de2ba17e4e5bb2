import type { Audience } from '../../domain/audience.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { coveredBefore } from '../../store/broadcasts.ts';

/**
 * The newest entry of the timeline that a person's next words need not tell any of these audiences again: 0 when one of
 * them has heard of none.
 */
export async function heardByAll(tx: Tx, incidentId: number, audiences: readonly Audience[]): Promise<number> {
  const heard: number[] = [];
  for (const audience of audiences) {
    heard.push((await coveredBefore(tx, { incidentId, audience, toAutomatic: false })) ?? 0);
  }
  return heard.length === 0 ? 0 : Math.min(...heard);
}
