import { Refusal } from '../../domain/errors.ts';
import { incidentLabel } from '../../domain/incident.ts';
import { type Person, refuseUnless } from '../../domain/person.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { type BroadcastRow, goingTo, readBroadcast } from '../../store/broadcasts.ts';
import { moveAnswers } from '../../store/promises.ts';
import { lockPublic, recordByHand } from '../../store/public-incidents.ts';
import { endUntried, lookByHand, type WaitingWords, waitingFor } from '../../store/public-words.ts';
import { rolesOf } from '../../store/roles.ts';
import { enterTimeline } from '../../store/timeline.ts';
import { endAs } from '../delivery/settle.ts';
import type { BroadcastDeps } from '../deps.ts';
import { holdIncident } from '../find.ts';
import { touch } from '../post.ts';

/**
 * A publisher has put these public words on the page by hand, and with them all that was decided before; without a
 * broadcast, those decided last. What was never tried is not sent any more; what may have arrived is looked for first.
 * Newer words still wait. Answers in one sentence.
 */
export async function posted(
  deps: BroadcastDeps,
  ask: { incidentId: number; broadcastId?: string },
  by: Person,
): Promise<string> {
  return deps.store.tx(async (tx) => {
    const incident = await holdIncident(tx, ask.incidentId);
    refuseUnless(await rolesOf(tx, incident.id, by), 'publish');
    const page = await lockPublic(tx, incident.id);
    const words = await wordsOnPage(tx, incident.id, ask.broadcastId);
    if (!page || !words) throw new Refusal(sayNoneWait(incidentLabel(incident)));
    const looked = await withdraw(deps, tx, { incidentId: incident.id, going: words.counted, by });
    await recordByHand(tx, incident.id, by.name, words.newer === 0);
    await record(deps, tx, { incidentId: incident.id, by, words: words.posted });
    return sayNoted(deps, incidentLabel(incident), { looked, newer: words.newer });
  });
}

interface OnPage {
  /** What the page shows now. */
  posted: BroadcastRow;
  /** It, and older words, as far as they were on their way. */
  counted: BroadcastRow[];
  /** How many were decided after it, and are not there yet. */
  newer: number;
}

/** Null when they have arrived before, and when none are on their way. */
async function wordsOnPage(tx: Tx, incidentId: number, broadcastId: string | undefined): Promise<OnPage | null> {
  const going = await goingTo(tx, incidentId, 'public');
  if (broadcastId === undefined) {
    const newest = going.at(-1);
    return newest ? { posted: newest, counted: going, newer: 0 } : null;
  }
  const posted = await readBroadcast(tx, broadcastId);
  if (posted?.incidentId !== incidentId || posted.audience !== 'public') return null;
  if (posted.state === 'delivered' || posted.state === 'partly') return null;
  if (posted.state === 'superseded' && going.length === 0) return null;
  const at = going.findIndex((one) => one.id === broadcastId);
  const counted = at < 0 ? going.filter((one) => one.saidAt < posted.saidAt) : going.slice(0, at + 1);
  // Words that were overtaken, or refused, are on the page all the same.
  return { posted, counted, newer: going.length - counted.length };
}

function sayNoneWait(label: string): string {
  return `No public words of ${label} wait to be posted: what was decided has arrived on the page.`;
}

function sayNoted(
  { can }: BroadcastDeps,
  label: string,
  { looked, newer }: { looked: boolean; newer: number },
): string {
  const noted = `Noted: the public words of ${label} count as posted by you`;
  if (newer > 0) {
    const how = can.page ? 'Muster posts them as soon as it can' : 'copy those below from the channel';
    return `${noted}, but newer ones still wait: ${how}.`;
  }
  return looked
    ? `${noted}. Muster had tried as well: it looks at the page before it says anything.`
    : `${noted}, and Muster does not post them again.`;
}

/** Whether something may have arrived by itself as well. */
async function withdraw(
  deps: BroadcastDeps,
  tx: Tx,
  of: { incidentId: number; going: readonly BroadcastRow[]; by: Person },
): Promise<boolean> {
  const at = deps.real.now();
  const isCounted = ({ broadcastId }: WaitingWords) =>
    broadcastId === null || of.going.some((broadcast) => broadcast.id === broadcastId);
  const waiting = (await waitingFor(tx, of.incidentId)).filter(isCounted);
  const tried = waiting.filter((row) => row.attempts > 0);
  await endUntried(tx, { ids: waiting.filter((row) => row.attempts === 0).map((row) => row.id), by: of.by.name, at });
  await lookByHand(tx, { ids: tried.map((row) => row.id), at });
  const ended = of.going.filter((broadcast) => !tried.some((row) => row.broadcastId === broadcast.id));
  await endByHand(deps, tx, { ended, by: of.by });
  return tried.length > 0;
}

/** The newest words are those that were handed over to be copied; older ones were overtaken by them. */
async function endByHand(
  deps: BroadcastDeps,
  tx: Tx,
  of: { ended: readonly BroadcastRow[]; by: Person },
): Promise<void> {
  const newest = of.ended.at(-1);
  if (!newest) return;
  const older = of.ended.filter((broadcast) => broadcast !== newest);
  await moveAnswers(tx, { from: older.map((broadcast) => broadcast.id), to: newest.id });
  for (const broadcast of older) {
    await endAs(deps, tx, { broadcast, state: 'superseded', note: null });
  }
  await endAs(deps, tx, { broadcast: newest, state: 'delivered', note: null });
}

async function record(
  deps: BroadcastDeps,
  tx: Tx,
  of: { incidentId: number; by: Person; words: BroadcastRow },
): Promise<void> {
  const at = deps.clock.now();
  await enterTimeline(tx, {
    incidentId: of.incidentId,
    at,
    kind: 'words',
    who: of.by.name,
    text: 'Put the public words on the status page by hand',
    source: `posted:${of.words.id}`,
  });
  await appendAudit(tx, {
    at,
    who: of.by.name,
    door: of.by.door,
    what: 'page.posted-by-hand',
    incidentId: of.incidentId,
    runId: null,
    detail: { broadcast: of.words.id, body: of.words.body },
  });
  await touch(deps, tx, { kind: 'public-draft', incidentId: of.incidentId });
  await touch(deps, tx, { kind: 'incident-header', incidentId: of.incidentId });
}
