import { type Audience, longestPastPromiseMs, sayAudience } from '../../domain/audience.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { noteBroadcast } from '../../store/broadcasts.ts';
import { rowsOfBroadcast } from '../../store/outbox.ts';
import { breakPromises, breakUnanswered, keepReached, releasePromises } from '../../store/promises.ts';
import { sayPutOff } from '../delivery/missed.ts';
import type { WordsDeps } from '../deps.ts';
import { later } from '../later.ts';
import { sayIn, touch } from '../post.ts';
import { copyWhatWaits } from '../public/copy.ts';
import { named } from '../words/named.ts';
import { sayPromise } from './say-promise.ts';

/** Counts the promises whose minute is over without words having arrived, and tells the commander of each, once. */
export async function tellBroken(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const at = deps.clock.now();
  const brokenBefore = later(at, -longestPastPromiseMs);
  await keepPutOff(deps, tx, incident, { at, brokenBefore });
  const broken = await breakPromises(tx, { incidentId: incident.id, at, brokenBefore });
  for (const { id, audience, promised } of broken) {
    const said = sayPromise(promised, at, deps.home.timezone);
    const text = deps.say('promise-broken', { ...named(incident), audience: sayAudience(audience), promised: said });
    await sayIn(deps, tx, { incidentId: incident.id, key: `broken:${id}`, text, mention: [incident.commander] });
    await tx.tell({ kind: 'PromiseBroken', incidentId: incident.id, audience, promised });
  }
  if (broken.length === 0) return;
  await touch(deps, tx, { kind: 'incident-header', incidentId: incident.id });
  if (broken.some((promise) => promise.audience === 'public')) await copyWhatWaits(deps, tx, incident);
}

/**
 * The incident is closed. A promise whose time is over is broken, and so is what was promised to these audiences, who were
 * still owed words; the others wait for nothing.
 */
export async function endPromises(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  owed: readonly Audience[],
): Promise<void> {
  const at = deps.clock.now();
  const until = { incidentId: incident.id, at, brokenBefore: later(at, -longestPastPromiseMs) };
  await keepPutOff(deps, tx, incident, until);
  const overdue = await breakPromises(tx, until);
  const unanswered = await breakUnanswered(tx, { incidentId: incident.id, audiences: owed, at });
  for (const { audience, promised } of [...overdue, ...unanswered]) {
    await tx.tell({ kind: 'PromiseBroken', incidentId: incident.id, audience, promised });
  }
  await releasePromises(tx, incident.id, at);
}

/** One mailbox that puts a mail off does not break what all others have in time; it is noted, and the mail goes on. */
async function keepPutOff(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { at: Date; brokenBefore: Date },
): Promise<void> {
  const kept = await keepReached(tx, { incidentId: incident.id, ...of, withinMs: longestPastPromiseMs });
  for (const id of kept) await noteBroadcast(tx, id, sayPutOff(await rowsOfBroadcast(tx, id)));
  if (kept.length > 0) await touch(deps, tx, { kind: 'incident-header', incidentId: incident.id });
}
