import { Refusal } from '../../domain/errors.ts';
import { type Incident, incidentLabel, isOpen } from '../../domain/incident.ts';
import { type Person, refuseUnless } from '../../domain/person.ts';
import { crashAround } from '../../domain/ports/crash.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { goingTo } from '../../store/broadcasts.ts';
import { lockPublic, type PublicIncident, readPublic } from '../../store/public-incidents.ts';
import { rolesOf } from '../../store/roles.ts';
import type { PublicDraft } from '../broadcast.ts';
import type { BroadcastDeps } from '../deps.ts';
import { tidyDraft } from '../due/draft-round.ts';
import { sayTo } from '../due/say.ts';
import { findIncident, holdIncident } from '../find.ts';
import { openingWords } from './wording.ts';

/** Statuspage takes 25,000 characters; the time of the next words needs some of them. */
const longestBody = 24_000;

/** The public text as it would be posted now, or as it was last written. */
export async function readDraft(deps: BroadcastDeps, incidentId: number): Promise<PublicDraft> {
  return deps.store.tx(async (tx) => {
    const incident = await findIncident(tx, incidentId);
    const { name, body, components } = (await readPublic(tx, incidentId)) ?? openingWords(deps, incident);
    const page = deps.home.statuspage?.page ?? null;
    const written = await lastWritten(tx, incidentId);
    const canPost = page !== null && deps.can.page;
    return { name, body: written ?? body, components: Object.keys(components), canPost, page };
  });
}

/** Of words that are on their way, or in people's hands: without the time of the next, which is put below them. */
async function lastWritten(tx: Tx, incidentId: number): Promise<string | undefined> {
  return (await goingTo(tx, incidentId, 'public')).at(-1)?.body;
}

/** Answers in one plain sentence; a second click changes nothing and says so. */
export async function publish(
  deps: BroadcastDeps,
  ask: { incidentId: number; body?: string; notify?: boolean },
  by: Person,
): Promise<string> {
  const typed = checkBody(ask.body);
  return deps.store.tx(async (tx) => {
    const incident = await holdIncident(tx, ask.incidentId);
    refuseUnless(await rolesOf(tx, incident.id, by), 'publish');
    const page = await lockPublic(tx, incident.id);
    if (!page)
      throw new Refusal('muster.yml names no status page (statuspage: { page: … }): there is nothing to publish to.');
    const known = alreadyPublished(page, incident);
    if (known) return known;
    if (!isOpen(incident))
      throw new Refusal(`${incidentLabel(incident)} is ${incident.phase}: its public page is not opened any more.`);
    const written = await lastWritten(tx, incident.id);
    const body = typed ?? written ?? page.body;
    const asked = { incident, page, body, notify: ask.notify ?? true, by };
    if (written === body) return answer(deps, asked);
    await askForPage(deps, tx, asked);
    crashAround(tx, deps.crash, 'page.published', String(incident.id));
    return answer(deps, asked);
  });
}

function alreadyPublished(page: PublicIncident, incident: Incident): string | null {
  const label = incidentLabel(incident);
  const where = page.url ? `: ${page.url}` : '.';
  switch (page.state) {
    case 'draft':
      return null;
    case 'asked':
      return `The public page of ${label} is being opened already, as ${page.openedBy ?? 'a publisher'} asked.`;
    case 'open':
      return `The public page of ${label} is open already${where}`;
    case 'resolved':
      return `The public page of ${label} is resolved already${where}`;
  }
}

interface Asked {
  incident: Incident;
  page: PublicIncident;
  body: string;
  notify: boolean;
  by: Person;
}

async function askForPage(deps: BroadcastDeps, tx: Tx, { incident, page, body, notify, by }: Asked): Promise<void> {
  await appendAudit(tx, {
    at: deps.clock.now(),
    who: by.name,
    door: by.door,
    what: 'page.published',
    incidentId: incident.id,
    runId: null,
    detail: { page: page.page, name: page.name, body, components: page.components, notify },
  });
  await sayTo(deps, tx, {
    incident,
    audience: 'public',
    origin: 'person',
    by,
    body,
    kind: 'update',
    page: { status: 'investigating', notify, components: page.components },
  });
  await tidyDraft(deps, tx, incident, by);
}

function answer({ can }: BroadcastDeps, { incident, page, notify }: Asked): string {
  const label = incidentLabel(incident);
  if (can.page) {
    const told = notify ? '' : ' Those who follow the page are not notified.';
    return `The public page of ${label} is being opened with your words; its address follows in the channel.${told}`;
  }
  return (
    `Nothing was posted: there is no Statuspage key (STATUSPAGE_API_KEY). The text to copy to page ${page.page} is in the ` +
    `channel of ${label}; press "I have posted it" there once it is on the page.`
  );
}

function checkBody(typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined;
  const body = typed.trim();
  if (body === '') throw new Refusal('The public text is empty: write what customers should know.', 'body');
  if (body.length > longestBody) {
    throw new Refusal(`The public text has ${body.length} characters: at most ${longestBody} are expected.`, 'body');
  }
  return body;
}
