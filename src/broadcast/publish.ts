import { Refusal } from '../domain/errors.ts';
import { type Incident, incidentLabel, isOpen } from '../domain/incident.ts';
import { type Person, refuseUnless } from '../domain/person.ts';
import { crashAround } from '../domain/ports/crash.ts';
import type { Tx } from '../domain/ports/store.ts';
import { appendAudit } from '../store/audit.ts';
import { readIncident } from '../store/incidents.ts';
import { enqueue } from '../store/outbox.ts';
import { askPublic, lockPublic, type PublicIncident, readPublic } from '../store/public-incidents.ts';
import { rolesOf } from '../store/roles.ts';
import type { PublicDraft } from './broadcast.ts';
import type { BroadcastDeps } from './deps.ts';
import { touch } from './post.ts';
import { pageLane } from './public-page.ts';
import { openingWords } from './public-words.ts';

/** Statuspage takes no longer body. */
const longestBody = 25_000;

/** The public text as it would be posted now, or as a publisher has asked for it. */
export async function readDraft(deps: BroadcastDeps, incidentId: number): Promise<PublicDraft> {
  return deps.store.tx(async (tx) => {
    const words = (await readPublic(tx, incidentId)) ?? openingWords(deps, await findIncident(tx, incidentId));
    const page = deps.home.statuspage?.page ?? null;
    const { name, body } = words;
    return {
      name,
      body,
      components: Object.keys(words.components),
      canPost: page !== null && deps.hasStatuspageKey,
      page,
    };
  });
}

/** Answers in one plain sentence; a second click changes nothing and says so. */
export async function publish(
  deps: BroadcastDeps,
  ask: { incidentId: number; body?: string },
  by: Person,
): Promise<string> {
  const typed = checkBody(ask.body);
  return deps.store.tx(async (tx) => {
    const incident = await findIncident(tx, ask.incidentId);
    refuseUnless(await rolesOf(tx, incident.id, by), 'publish');
    const page = await lockPublic(tx, incident.id);
    if (!page)
      throw new Refusal('muster.yml names no status page (statuspage: { page: … }): there is nothing to publish to.');
    const known = alreadyPublished(page, incident);
    if (known) return known;
    const body = typed ?? page.body;
    if (!deps.hasStatuspageKey) return handOver(page, body);
    if (!isOpen(incident))
      throw new Refusal(`${incidentLabel(incident.id)} is ${incident.phase}: its public page is not opened any more.`);
    await askForPage(deps, tx, { page, body, by });
    crashAround(tx, deps.crash, 'page.published', String(incident.id));
    return `The public page of ${incidentLabel(incident.id)} is being opened with your words; its address follows in the channel.`;
  });
}

function alreadyPublished(page: PublicIncident, incident: Incident): string | null {
  const label = incidentLabel(incident.id);
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

function handOver(page: PublicIncident, body: string): string {
  return `Nothing was posted: there is no Statuspage key (STATUSPAGE_API_KEY). Copy this to page ${page.page}:\n${page.name}\n${body}`;
}

async function askForPage(
  deps: BroadcastDeps,
  tx: Tx,
  ask: { page: PublicIncident; body: string; by: Person },
): Promise<void> {
  const { page, body, by } = ask;
  const at = deps.clock.now();
  await askPublic(tx, page.incidentId, { by: by.name, body });
  await enqueue(tx, {
    key: deps.ids.next(`public:${page.incidentId}:open`),
    lane: pageLane(page.page),
    document: {
      to: 'statuspage',
      do: 'open',
      incidentId: page.incidentId,
      name: page.name,
      body,
      status: 'investigating',
      components: page.components,
      notify: true,
    },
    dueAt: deps.real.now(),
  });
  await appendAudit(tx, {
    at,
    who: by.name,
    door: by.door,
    what: 'page.published',
    incidentId: page.incidentId,
    runId: null,
    detail: { page: page.page, name: page.name, body, components: page.components },
  });
  await touch(deps, tx, { kind: 'public-draft', incidentId: page.incidentId });
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

async function findIncident(tx: Tx, incidentId: number): Promise<Incident> {
  const incident = await readIncident(tx, incidentId);
  if (incident) return incident;
  throw new Refusal(`There is no incident ${incidentLabel(incidentId)}. /dr list shows those that are open.`);
}
