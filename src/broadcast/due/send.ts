import { type Audience, outside, sayAudience } from '../../domain/audience.ts';
import { Refusal } from '../../domain/errors.ts';
import { type Incident, incidentLabel } from '../../domain/incident.ts';
import { may, type Person, refuseUnless } from '../../domain/person.ts';
import { crashAround } from '../../domain/ports/crash.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { audiencesOf } from '../../store/audiences.ts';
import { broadcastsByRequest, coveredBefore } from '../../store/broadcasts.ts';
import { readDraftRound } from '../../store/drafts.ts';
import { promisedTo } from '../../store/promises.ts';
import { rolesOf } from '../../store/roles.ts';
import type { Standing, UpdateAsk } from '../broadcast.ts';
import type { BroadcastDeps, WordsDeps } from '../deps.ts';
import { holdUnclosed } from '../find.ts';
import { earliest } from '../later.ts';
import type { PageState } from '../public/show.ts';
import { sayList } from '../templates/say-list.ts';
import { checkAsk, mayTell, refuseTicked, refuseUntellable } from './check-ask.ts';
import { owedOf } from './draft-round.ts';
import { heardByAll } from './heard.ts';
import { ownPage } from './page-state.ts';
import { standingFor } from './preview.ts';
import { sayTo } from './say.ts';
import { sayPromise } from './say-promise.ts';
import { sayChanged } from './standing.ts';
import { draftTexts, type Texts } from './texts.ts';
import { kindFor } from './turn.ts';

/** Sends a person's words, each audience once for one request. Answers in one sentence. */
export async function sendUpdate(
  deps: BroadcastDeps,
  asked: UpdateAsk & { requestKey: string; seen?: Standing },
  by: Person,
): Promise<string> {
  return deps.store.tx(async (tx) => {
    const incident = await holdUnclosed(tx, asked.incidentId);
    const ask = checkAsk(deps.home, incident, asked);
    refuseTicked(await rolesOf(tx, incident.id, by), ask.audiences);
    const before = await broadcastsByRequest(tx, asked.requestKey);
    if (before.length > 0) return answer(deps, tx, incident, { told: ask.audiences, again: true });
    if (asked.seen) refuseChanged(ask, asked.seen, await standingFor(deps, tx, { incident, ask, by }));
    const { inside, outside: outsideText, page, audiences } = ask;
    const texts = { inside, outside: outsideText };
    await tell(deps, tx, incident, { audiences, texts, page: page ?? {}, by, requestKey: asked.requestKey });
    return answer(deps, tx, incident, { told: audiences, again: false });
  });
}

function refuseChanged(ask: UpdateAsk, seen: Standing, now: Standing): void {
  const changed = sayChanged(ask, seen, now);
  if (changed !== null) throw new Refusal(changed, 'seen');
}

/** Sends the draft as things stand now, to those of its audiences that are still owed it and that this person may tell. */
export async function sendDraft(
  deps: BroadcastDeps,
  ask: { incidentId: number; round: number },
  by: Person,
): Promise<string> {
  return deps.store.tx(async (tx) => {
    const incident = await holdUnclosed(tx, ask.incidentId);
    const roles = await rolesOf(tx, incident.id, by);
    if (!may(roles, 'publish')) refuseUnless(roles, 'update');
    const owed = await owedBy(tx, incidentLabel(incident), ask);
    const mine = owed.filter((row) => mayTell(roles, row.audience));
    if (mine.length === 0)
      refuseUntellable(
        roles,
        owed.map((row) => row.audience),
      );
    const told = mine.map((row) => row.audience);
    const inside = told.filter((audience) => !outside.includes(audience));
    const texts = await draftTexts(deps, tx, incident, await heardByAll(tx, incident.id, inside));
    const page = told.includes('public') ? await ownPage(tx, incident) : {};
    await tell(deps, tx, incident, {
      audiences: told,
      texts,
      page,
      by,
      requestKey: `draft:${ask.incidentId}:${ask.round}`,
    });
    return answer(deps, tx, incident, { told, again: false });
  });
}

interface Telling {
  audiences: readonly Audience[];
  texts: Texts;
  page: Partial<PageState>;
  by: Person;
  requestKey: string;
}

async function tell(deps: BroadcastDeps, tx: Tx, incident: Incident, of: Telling): Promise<void> {
  const { texts, page, by, requestKey } = of;
  const rows = await audiencesOf(tx, incident.id);
  for (const audience of of.audiences) {
    const final = rows.find((one) => one.audience === audience)?.final ?? false;
    const heard = await coveredBefore(tx, { incidentId: incident.id, audience, toAutomatic: false });
    const kind = kindFor(incident, { audience, heard, final, page });
    const body = outside.includes(audience) ? texts.outside : texts.inside;
    const said = { incident, audience, origin: 'person', by, body, kind, requestKey } as const;
    await sayTo(deps, tx, { ...said, ...(audience === 'public' && { page }) });
  }
  crashAround(tx, deps.crash, 'broadcast.said', String(incident.id));
}

/** Refuses a draft that is no longer the one to send. */
async function owedBy(tx: Tx, label: string, ask: { incidentId: number; round: number }) {
  const draft = await readDraftRound(tx, ask.incidentId, ask.round);
  if (!draft) throw new Refusal(`${label} has no draft ${ask.round}: /dr update writes one.`);
  if (draft.state === 'sent') throw new Refusal(`This draft was sent by ${draft.endedBy ?? 'somebody'} already.`);
  if (draft.state === 'superseded') {
    throw new Refusal(`This draft of ${label} is out of date: send the newer one, or write with /dr update.`);
  }
  if (draft.state === 'lapsed' || draft.state === 'closed') {
    throw new Refusal(`This draft of ${label} is over: send a newer one, if there is one, or write with /dr update.`);
  }
  if (draft.state === 'snoozed') {
    throw new Refusal(
      `${draft.endedBy ?? 'Somebody'} held this draft back: the next one follows, or write with /dr update.`,
    );
  }
  const owed = await owedOf(tx, draft);
  if (owed.length > 0) return owed;
  throw new Refusal(
    `Nobody is owed this draft of ${label} any more: they were told since it was shown. Say more with /dr update.`,
  );
}

async function answer(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { told: readonly Audience[]; again: boolean },
): Promise<string> {
  const label = incidentLabel(incident);
  const who = sayList(of.told.map(sayAudience));
  if (of.again) return `These words of ${label} were sent to ${who} already, and are not sent twice.`;
  const next = await sayPromised(deps, tx, incident, of.told);
  const copied = of.told.includes('public') && !deps.can.page;
  return (
    `The words of ${label} are on their way to ${who}.${next}` +
    (copied ? ' Those for the public are in the channel, to be copied to the page.' : '')
  );
}

async function sayPromised(deps: WordsDeps, tx: Tx, incident: Incident, told: readonly Audience[]): Promise<string> {
  const promises: (Date | null)[] = [];
  for (const audience of told) promises.push(await promisedTo(tx, incident.id, audience));
  const first = earliest(promises);
  if (first === null) return '';
  return ` They were told that the next come by ${sayPromise(first, deps.clock.now(), deps.home.timezone)}.`;
}
