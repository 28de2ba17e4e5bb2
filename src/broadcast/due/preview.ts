import { type Audience, outside, promiseOf, ruleOf } from '../../domain/audience.ts';
import { type Incident, isOpen } from '../../domain/incident.ts';
import type { Person } from '../../domain/person.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { audiencesOf } from '../../store/audiences.ts';
import { coveredBefore } from '../../store/broadcasts.ts';
import { rolesOf } from '../../store/roles.ts';
import type { Preview, Previewed, Standing, UpdateAsk } from '../broadcast.ts';
import type { BroadcastDeps, WordsDeps } from '../deps.ts';
import { findIncident } from '../find.ts';
import { later } from '../later.ts';
import type { PageState } from '../public/show.ts';
import { markSimulated } from '../public/wording.ts';
import { cadenceOf } from './cadence.ts';
import { checkAsk, refuseTicked } from './check-ask.ts';
import { sayPromise } from './say-promise.ts';
import { readStanding } from './standing.ts';
import type { Texts } from './texts.ts';
import { kindFor } from './turn.ts';
import { type Rendered, renderWords } from './words.ts';

/** What each audience would read, word for word, if this person sent it now; refused where sending would be. */
export async function previewUpdate(deps: BroadcastDeps, asked: UpdateAsk, by: Person): Promise<Previewed> {
  return deps.store.tx(async (tx) => {
    const incident = await findIncident(tx, asked.incidentId);
    const ask = checkAsk(deps.home, incident, asked);
    refuseTicked(await rolesOf(tx, incident.id, by), ask.audiences);
    const previews = await previewTexts(deps, tx, partsOf(ask, incident, by));
    return { previews, standing: await standingFor(deps, tx, { incident, ask, by }) };
  });
}

/** How things stand for these words: the same for as long as they would read the same, but for the time promised. */
export async function standingFor(
  deps: WordsDeps,
  tx: Tx,
  { incident, ask, by }: { incident: Incident; ask: UpdateAsk; by: Person },
): Promise<Standing> {
  const read = await previewTexts(deps, tx, { ...partsOf(ask, incident, by), undated: true });
  return readStanding(deps, tx, { incident, read });
}

function partsOf({ audiences, inside, outside: outsideText, page }: UpdateAsk, incident: Incident, by: Person) {
  return { incident, audiences, texts: { inside, outside: outsideText }, page, by: by.name };
}

/** Whose words they are is known when they are sent; `by` stands for them. */
export async function previewTexts(
  deps: WordsDeps,
  tx: Tx,
  of: {
    incident: Incident;
    audiences: readonly Audience[];
    texts: Texts;
    page?: Partial<PageState> | null;
    by: string;
    /** Without the time of the next words, which moves. */
    undated?: boolean;
  },
): Promise<Preview[]> {
  const { incident, texts, by } = of;
  const rows = await audiencesOf(tx, incident.id);
  const previews: Preview[] = [];
  for (const audience of of.audiences) {
    const final = rows.find((one) => one.audience === audience)?.final ?? false;
    const heard = await coveredBefore(tx, { incidentId: incident.id, audience, toAutomatic: false });
    const body = outside.includes(audience) ? texts.outside : texts.inside;
    const kind = kindFor(incident, { audience, heard, final, page: of.page ?? {} });
    const nextUpdate =
      kind === 'all-clear' || of.undated === true ? '' : await nextUpdateTo(deps, tx, incident, audience);
    const rendered = renderWords(deps, { incident, audience, kind, body, automatic: false, by, nextUpdate });
    previews.push({ audience, to: placesOf(rendered), text: textOf(deps, rendered) });
  }
  return previews;
}

async function nextUpdateTo(deps: WordsDeps, tx: Tx, incident: Incident, audience: Audience): Promise<string> {
  if (!isOpen(incident) || ruleOf(deps.home, incident, audience) === 'never') return '';
  const now = deps.clock.now();
  return sayPromise(promiseOf(later(now, await cadenceOf(deps, tx, incident))), now, deps.home.timezone);
}

function placesOf({ slack, mail, page }: Rendered): string[] {
  const places: string[] = [];
  if (slack) places.push(slack.place.in === 'channel' ? slack.place.name : 'the incident’s channel');
  if (mail) places.push(`mail to ${mail.addresses.length} ${mail.addresses.length === 1 ? 'address' : 'addresses'}`);
  if (page) places.push(`page ${page.page}`);
  return places;
}

function textOf(deps: WordsDeps, { slack, mail, page }: Rendered): string {
  if (slack) return slack.text;
  return page ? markSimulated(deps, page.body) : (mail?.words.text ?? '');
}
