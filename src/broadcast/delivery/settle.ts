import { longestPastPromiseMs } from '../../domain/audience.ts';
import type { Tx } from '../../domain/ports/store.ts';
import {
  type BroadcastRow,
  type BroadcastState,
  endBroadcast,
  readBroadcast,
  recordReached,
} from '../../store/broadcasts.ts';
import { type CarriedRow, rowsOfBroadcast } from '../../store/outbox.ts';
import { keepPromises, withdrawAnswers } from '../../store/promises.ts';
import type { WordsDeps } from '../deps.ts';
import { later } from '../later.ts';
import { touch } from '../post.ts';
import { sayMissed } from './missed.ts';

/**
 * Ends a message once nothing of it is on its way any more: what it came to, and what became of the promise that it
 * answers. The caller holds the incident. Null while it goes on, or when it had ended before.
 */
export async function settle(
  deps: WordsDeps,
  tx: Tx,
  broadcastId: string,
): Promise<{ broadcast: BroadcastRow; state: BroadcastState; note: string | null } | null> {
  const broadcast = await readBroadcast(tx, broadcastId);
  const rows = await rowsOfBroadcast(tx, broadcastId);
  const state = stateOf(rows);
  if (broadcast?.state !== 'going') return null;
  if (state === 'going') {
    if (isReached(rows)) await recordReached(tx, broadcastId, deps.clock.now());
    return null;
  }
  const note = sayMissed(rows);
  await endAs(deps, tx, { broadcast, state, note });
  return { broadcast, state, note };
}

/** Ends it as a person or its rows say it came to, in this transaction. */
export async function endAs(
  deps: WordsDeps,
  tx: Tx,
  of: { broadcast: BroadcastRow; state: Exclude<BroadcastState, 'going'>; note: string | null },
): Promise<void> {
  const { broadcast, state, note } = of;
  const { id: broadcastId, incidentId, audience } = broadcast;
  const at = deps.clock.now();
  if (!(await endBroadcast(tx, broadcastId, { state, note, at }))) return;
  if (state === 'superseded' || state === 'refused') await withdrawAnswers(tx, broadcastId, at);
  else await keepPromises(tx, { broadcastId, at, brokenBefore: later(at, -longestPastPromiseMs) });
  if (state === 'superseded') return;
  const missed = state === 'delivered' ? null : note;
  await tx.tell({ kind: 'BroadcastDelivered', incidentId, broadcastId, audience, note: missed });
  await touch(deps, tx, { kind: 'incident-header', incidentId });
}

function stateOf(rows: readonly CarriedRow[]): BroadcastState {
  const has = (state: CarriedRow['state']) => rows.some((row) => row.state === state);
  if (rows.length === 0 || has('due') || has('claimed')) return 'going';
  if (has('sent')) return has('refused') || has('superseded') ? 'partly' : 'delivered';
  return has('refused') ? 'refused' : 'superseded';
}

/** Somebody has it, and no more than mail is still to arrive. */
function isReached(rows: readonly CarriedRow[]): boolean {
  const waiting = rows.filter((row) => row.state === 'due' || row.state === 'claimed');
  return rows.some((row) => row.state === 'sent') && waiting.every((row) => row.document.to === 'email');
}
