import {
  audiences,
  firstDue,
  isInTime,
  isReached,
  nextDue,
  nudgeLeadMs,
  promiseOf,
  ruleOf,
} from '../../domain/audience.ts';
import type { Incident, Phase } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { type AudienceRow, audiencesOf, changeAudience, endAudiences, insertAudience } from '../../store/audiences.ts';
import { waitingDraft } from '../../store/drafts.ts';
import { promisedTo, recordUntold, releaseUnanswered } from '../../store/promises.ts';
import type { WordsDeps } from '../deps.ts';
import { later } from '../later.ts';
import { touch } from '../post.ts';
import { cadenceOf } from './cadence.ts';
import { endWaiting } from './draft-round.ts';
import { isOverOnPage } from './page-state.ts';
import { endPromises } from './promises.ts';
import { speakDue, turnIncident } from './turn.ts';

/** From now on each audience that is reached is owed words; those that are due at once are said at once. */
export async function beginAudiences(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  for (const audience of audiences.filter((one) => isReached(deps.home, one))) {
    await insertAudience(tx, { incidentId: incident.id, audience, dueAt: firstDue(deps.home, incident, audience) });
  }
  await turnIncident(deps, tx, incident);
}

/** Another severity or phase has another cadence, and so has a recovery that is held. What is due already stays due, and what was held back stays so. */
export async function reckonAgain(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const now = deps.clock.now();
  for (const row of await audiencesOf(tx, incident.id)) {
    if (row.dueAt === null || row.dueAt <= now || row.snoozed) continue;
    const dueAt = await dueAgain(deps, tx, incident, row);
    if (dueAt === null || dueAt.getTime() === row.dueAt.getTime()) continue;
    const spanMs = dueAt.getTime() - (row.toldAt ?? incident.declaredAt).getTime();
    const early = later(dueAt, -nudgeLeadMs(spanMs)) > now;
    await changeAudience(tx, row, { dueAt, ...(early && { nudgedAt: null }) });
  }
  await turnIncident(deps, tx, incident);
}

async function dueAgain(deps: WordsDeps, tx: Tx, incident: Incident, row: AudienceRow): Promise<Date | null> {
  const now = deps.clock.now();
  if (row.toldAt === null) {
    const first = firstDue(deps.home, incident, row.audience);
    return first && first < now ? now : first;
  }
  const promised = await promisedTo(tx, incident.id, row.audience);
  return nextDue({ toldAt: row.toldAt, cadenceMs: await cadenceOf(deps, tx, incident), promised, now });
}

export async function followPhase(deps: WordsDeps, tx: Tx, incident: Incident, phase: Phase): Promise<void> {
  if (phase === 'resolved') return giveAllClear(deps, tx, incident);
  if (phase === 'closed') return endWords(deps, tx, incident);
  await reckonAgain(deps, tx, incident);
}

/** Those who were told hear at once that it is over, or a person is asked to tell them; then nothing is due any more. */
async function giveAllClear(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  await endWaiting(deps, tx, incident, { state: 'lapsed', by: null });
  for (const row of await audiencesOf(tx, incident.id)) await clearOne(deps, tx, incident, row);
  await turnIncident(deps, tx, incident);
}

async function clearOne(deps: WordsDeps, tx: Tx, incident: Incident, row: AudienceRow): Promise<void> {
  const now = deps.clock.now();
  const rule = ruleOf(deps.home, incident, row.audience);
  if (row.toldAt === null || rule === 'never' || isSaidByPage(row, rule) || (await isOverFor(tx, row))) {
    await countUntold(tx, incident, row, now);
    await changeAudience(tx, row, { dueAt: null });
    await releaseUnanswered(tx, { incidentId: incident.id, audience: row.audience, at: now });
    return;
  }
  await changeAudience(tx, row, { dueAt: now, final: true, nudgedAt: null, askedAt: null, snoozed: false });
  await speakDue(deps, tx, incident, { ...row, dueAt: now, final: true });
}

/** Whoever was owed first words and got none is told nothing any more: that must not look better than late words. */
async function countUntold(tx: Tx, incident: Incident, row: AudienceRow, now: Date): Promise<void> {
  const { audience, dueAt, toldAt } = row;
  if (toldAt !== null || dueAt === null || isInTime(now, dueAt)) return;
  const promised = promiseOf(dueAt);
  await recordUntold(tx, { incidentId: incident.id, audience, owedSince: incident.declaredAt, promised, at: now });
}

/** The page's own last words go out with what it is to show. */
function isSaidByPage({ audience }: AudienceRow, rule: string): boolean {
  return audience === 'public' && rule !== 'approved';
}

/** A publisher has told the public that it is over. */
async function isOverFor(tx: Tx, { audience, incidentId }: AudienceRow): Promise<boolean> {
  return audience === 'public' && (await isOverOnPage(tx, incidentId));
}

/** Nobody is owed anything any more. */
async function endWords(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const owed = (await audiencesOf(tx, incident.id)).filter((row) => row.dueAt !== null);
  await endAudiences(tx, incident.id);
  await endPromises(
    deps,
    tx,
    incident,
    owed.map((row) => row.audience),
  );
  await endWaiting(deps, tx, incident, { state: 'closed', by: null });
}

/** What happens changes what the draft says. */
export async function touchWaiting(deps: WordsDeps, tx: Tx, incidentId: number): Promise<void> {
  const draft = await waitingDraft(tx, incidentId);
  if (draft) await touch(deps, tx, { kind: 'update-draft', incidentId, round: draft.round });
}
