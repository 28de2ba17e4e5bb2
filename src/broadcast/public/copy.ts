import type { Incident } from '../../domain/incident.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { readIncident } from '../../store/incidents.ts';
import { replaceCopies } from '../../store/live-messages.ts';
import { type PublicIncident, readPublic } from '../../store/public-incidents.ts';
import { type WaitingWords, waitingFor } from '../../store/public-words.ts';
import type { WordsDeps } from '../deps.ts';
import { post } from '../post.ts';
import { sayClock } from '../templates/say-time.ts';
import { named } from '../words/named.ts';
import { publishersOf } from './publishers.ts';

/** Where people change a page by hand. */
const manage = 'https://manage.statuspage.io/pages';

/**
 * Puts the words that the page lacks into the incident's channel, to be copied by a publisher: once for each `key`. They
 * are those that were decided last.
 */
export async function handToCopy(
  deps: WordsDeps,
  tx: Tx,
  of: { incident: Incident; key: string; broadcastId: string | null; why: 'no-key' | 'late' },
): Promise<void> {
  const { incident } = of;
  const page = await readPublic(tx, incident.id);
  if (!page) return;
  const place = { in: 'incident', incidentId: incident.id } as const;
  const key = `to-copy:${of.key}`;
  const notice = await toCopy(deps, tx, { ...of, page });
  await post(deps, tx, { place, notice: of.why === 'late' ? { ...notice, live: key } : notice, key });
}

/** The page has taken these words after all: what handed them, or older ones, over to be copied says so. */
export async function endCopies(deps: WordsDeps, tx: Tx, incidentId: number, row: number): Promise<void> {
  const incident = await readIncident(tx, incidentId);
  const page = await readPublic(tx, incidentId);
  if (!incident || !page) return;
  const at = sayClock(deps.clock.now(), deps.home.timezone);
  const text = deps.say('public-taken', { ...named(incident), page: page.page, at });
  const notice: Notice = { kind: 'sentence', text, mention: [] };
  await replaceCopies(tx, { incidentId, upTo: row, notice, at: deps.real.now() });
}

/** The page is down past what was promised: nothing is said while none wait, or they are tried for the first time. */
export async function copyWhatWaits(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const waiting = await waitingFor(tx, incident.id);
  const newest = waiting.at(-1);
  if (!newest || !waiting.some(hasFailed)) return;
  const { id, broadcastId } = newest;
  await handToCopy(deps, tx, { incident, key: String(id), broadcastId, why: 'late' });
}

function hasFailed({ attempts, state }: WaitingWords): boolean {
  return attempts > (state === 'claimed' ? 1 : 0);
}

async function toCopy(
  deps: WordsDeps,
  tx: Tx,
  of: { incident: Incident; page: PublicIncident; broadcastId: string | null; why: 'no-key' | 'late' },
): Promise<Extract<Notice, { kind: 'sentence' }>> {
  const { incident, page, broadcastId } = of;
  const text = deps.say(of.why === 'late' ? 'public-to-copy-late' : 'public-to-copy', {
    ...named(incident),
    page: page.page,
    address: page.remoteId === null ? `${manage}/${page.page}` : `${manage}/${page.page}/incidents/${page.remoteId}`,
    name: page.name,
    status: page.status,
    components: Object.entries(page.components).map(
      ([id, status]) => `${nameOf(deps, id)}: ${status.replaceAll('_', ' ')}`,
    ),
    body: page.body,
    opens: page.remoteId === null && page.state !== 'open',
  });
  const mention = await publishersOf(tx, incident.id);
  const about = { incidentId: incident.id, ...(broadcastId !== null && { broadcastId }) };
  return { kind: 'sentence', text, mention, button: { action: 'public.posted', ...about } };
}

/** The page's own name of it is not known here; whoever copies knows the service, and its id settles what is meant. */
function nameOf({ home }: WordsDeps, component: string): string {
  const service = Object.entries(home.system.services).find(([, one]) => one.component === component)?.[0];
  return service === undefined ? component : `${service} (${component})`;
}
