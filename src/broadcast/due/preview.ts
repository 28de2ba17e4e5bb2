import { type Audience, cadenceMs, outside, promiseOf, ruleOf } from '../../domain/audience.ts';
import { type Incident, isOpen } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { audiencesOf } from '../../store/audiences.ts';
import { coveredBefore } from '../../store/broadcasts.ts';
import type { Preview, UpdateAsk } from '../broadcast.ts';
import type { BroadcastDeps, WordsDeps } from '../deps.ts';
import { findIncident } from '../find.ts';
import { later } from '../later.ts';
import type { PageState } from '../public/show.ts';
import { markSimulated } from '../public/wording.ts';
import { checkAsk } from './check-ask.ts';
import { sayPromise } from './say-promise.ts';
import type { Texts } from './texts.ts';
import { kindFor } from './turn.ts';
import { type Rendered, renderWords } from './words.ts';

/** What each audience would read, word for word, if it were sent now; refused where sending would be. */
export async function previewUpdate(deps: BroadcastDeps, asked: UpdateAsk): Promise<Preview[]> {
  return deps.store.tx(async (tx) => {
    const incident = await findIncident(tx, asked.incidentId);
    const ask = checkAsk(deps.home, incident, asked);
    return previewTexts(deps, tx, {
      incident,
      audiences: ask.audiences,
      texts: ask,
      page: ask.page,
      by: incident.commander,
    });
  });
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
    const nextUpdate = kind === 'all-clear' ? '' : nextUpdateTo(deps, incident, audience);
    const rendered = renderWords(deps, { incident, audience, kind, body, automatic: false, by, nextUpdate });
    previews.push({ audience, to: placesOf(rendered), text: textOf(deps, rendered) });
  }
  return previews;
}

function nextUpdateTo(deps: WordsDeps, incident: Incident, audience: Audience): string {
  if (!isOpen(incident) || ruleOf(deps.home, incident, audience) === 'never') return '';
  const now = deps.clock.now();
  return sayPromise(promiseOf(later(now, cadenceMs(deps.home, incident))), now, deps.home.timezone);
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
