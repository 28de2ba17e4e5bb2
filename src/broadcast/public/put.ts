import { muster } from '../../domain/identity.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Outgoing, PublicPost } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { enqueue } from '../../store/outbox.ts';
import { askPublic, insertDraft, lockPublic, type PublicIncident } from '../../store/public-incidents.ts';
import type { WordsDeps } from '../deps.ts';
import { touch } from '../post.ts';
import { handToCopy } from './copy.ts';
import { ownComponents, type PageState } from './show.ts';
import { markSimulated, openingWords } from './wording.ts';

/**
 * Words that were decided for the page, ready to be read. Unless given: the status stays as it is (`investigating` for
 * the first words), subscribers are told, and components stay as they are (by severity for the first words).
 */
export interface PageWords extends Partial<PageState> {
  incident: Incident;
  broadcastId: string;
  body: string;
  /** Who decided them. */
  by?: string;
}

/** Incidents do not wait for one another: what the page refuses of one is no other's. */
export function pageLane(page: string, incidentId: number): string {
  return `statuspage:${page}:${incidentId}`;
}

/**
 * Opens the public incident, or updates it, whichever it is by the time it goes out; the caller holds the incident.
 * `to-copy` when there is no key: the text is in the incident's channel then, and nothing reaches the public until a
 * publisher says `posted`.
 */
export async function putOnPage(deps: WordsDeps, tx: Tx, words: PageWords): Promise<'going' | 'to-copy'> {
  const { incident, broadcastId } = words;
  const page = await lockOrDraft(deps, tx, incident);
  const post = postOf(deps, page, words);
  const { body, status, components } = post;
  await askPublic(tx, incident.id, { by: words.by ?? muster.name, body, status, components, carried: deps.can.page });
  await touch(deps, tx, { kind: 'public-draft', incidentId: incident.id });
  await touch(deps, tx, { kind: 'incident-header', incidentId: incident.id });
  if (!deps.can.page) {
    await handToCopy(deps, tx, { incident, key: broadcastId, broadcastId, why: 'no-key' });
    return 'to-copy';
  }
  await enqueue(tx, {
    key: `public:${broadcastId}`,
    lane: pageLane(page.page, incident.id),
    document: documentOf(page, post),
    dueAt: deps.real.now(),
    broadcastId,
  });
  return 'going';
}

function postOf(deps: WordsDeps, page: PublicIncident, words: PageWords): PublicPost {
  const asked = ownComponents(deps.home, words.incident, words.components ?? {});
  return {
    incidentId: page.incidentId,
    body: markSimulated(deps, words.body),
    status: words.status ?? page.status,
    components: isThere(page) ? asked : { ...page.components, ...asked },
    notify: words.notify ?? true,
  };
}

/** Until the page has said that it has it, each of them may be the one that opens it. */
function documentOf(page: PublicIncident, post: PublicPost): Outgoing {
  return page.remoteId === null
    ? { to: 'statuspage', do: 'open', name: page.name, ...post }
    : { to: 'statuspage', do: 'update', ...post };
}

function isThere(page: PublicIncident): boolean {
  return page.state === 'open' || page.state === 'resolved';
}

async function lockOrDraft(deps: WordsDeps, tx: Tx, incident: Incident): Promise<PublicIncident> {
  const page = deps.home.statuspage?.page;
  if (page === undefined) throw new Error('muster.yml names no status page: nothing can be put there.');
  await insertDraft(tx, { incidentId: incident.id, page, ...openingWords(deps, incident) });
  const locked = await lockPublic(tx, incident.id);
  if (!locked) throw new Error(`The public words of incident ${incident.id} were written and are not there.`);
  return locked;
}
