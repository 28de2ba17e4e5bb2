import { longestPastPromiseMs } from '../../domain/audience.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { type DueAudience, dueBefore, firstDueAfter } from '../../store/audiences.ts';
import { firstPromise, incidentsWithBroken } from '../../store/promises.ts';
import type { BroadcastDeps } from '../deps.ts';
import { earliest, later } from '../later.ts';
import { nextAskAt } from './ask-to-speak.ts';
import { nudgeAt } from './draft-round.ts';
import { turnApart } from './turn-apart.ts';

/** Milliseconds before it is due within which an audience is looked at one by one: no draft is shown earlier. */
const lookAheadMs = 300_000;

/**
 * Does what is due now in every incident, and gives the next instant at which something will be; null while nothing is.
 * What fails in one incident, or to one audience, is told to `onError` and leaves the others alone.
 */
export async function watchDue(deps: BroadcastDeps): Promise<Date | null> {
  const now = deps.clock.now();
  for (const incidentId of await deps.store.tx((tx) => incidentsDue(deps, tx, now))) {
    await turnApart(deps, incidentId);
  }
  return deps.store.tx((tx) => nextInstant(deps, tx));
}

async function incidentsDue(deps: BroadcastDeps, tx: Tx, now: Date): Promise<number[]> {
  const rows = await dueBefore(tx, later(now, lookAheadMs));
  const due = rows.filter((row) => instantOf(deps, row, now) <= now).map((row) => row.incidentId);
  return [...new Set([...due, ...(await incidentsWithBroken(tx, later(now, -longestPastPromiseMs)))])];
}

async function nextInstant(deps: BroadcastDeps, tx: Tx): Promise<Date | null> {
  const now = deps.clock.now();
  const ahead = later(now, lookAheadMs);
  const near = (await dueBefore(tx, ahead)).map((row) => instantOf(deps, row, now));
  const far = await firstDueAfter(tx, ahead);
  const promise = await firstPromise(tx);
  return earliest([...near, far && later(far, -lookAheadMs), promise && later(promise, longestPastPromiseMs)]);
}

/** When something is to be done about this audience next. */
function instantOf(deps: BroadcastDeps, row: DueAudience, now: Date): Date {
  const nudge = nudgeAt(row, row.declaredAt);
  if (nudge && (nudge <= now || nudge < row.dueAt)) return nudge;
  return nextAskAt(deps, row, row) ?? row.dueAt;
}
