import { incidentLabel } from '../domain/incident.ts';
import type { Outgoing } from '../domain/notice.ts';
import type { Courier, Delivery, KnownPage, PageOrigin } from '../domain/ports/courier.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { StatuspageClient } from './client.ts';
import { StatuspageFailure } from './failure.ts';
import { findByHand, findOurs, readShown } from './look.ts';
import { isByHand, newestUpdate, type RemoteIncident } from './remote.ts';

type PageWords = Extract<Outgoing, { to: 'statuspage' }>;
type Open = Extract<PageWords, { do: 'open' }>;

export interface CourierDeps {
  client: StatuspageClient;
  /** What the store knows of an incident on the page. */
  known(incidentId: number): Promise<KnownPage | null>;
  crash: Crash;
  /** Rejects where another process has taken over meanwhile, which has read back what this one had. */
  mayPost?: () => Promise<void>;
}

/** Statuspage has no idempotency key, so what is there is read before anything is posted. */
export function createStatuspageCourier(deps: CourierDeps): Courier {
  return {
    to: 'statuspage',
    deliver: async (outgoing, key, uncertain) => {
      if (outgoing.to !== 'statuspage') return { state: 'refused', why: 'This is not for a status page.' };
      try {
        return await carry(deps, outgoing, { key, uncertain });
      } catch (error) {
        if (!(error instanceof StatuspageFailure)) throw error;
        if (error.afterMs === null) return { state: 'refused', why: error.message };
        return { state: 'later', why: error.message, afterMs: error.afterMs };
      }
    },
  };
}

interface Attempt {
  key: string;
  uncertain: boolean;
}

async function carry(deps: CourierDeps, words: PageWords, attempt: Attempt): Promise<Delivery> {
  const known = await deps.known(words.incidentId);
  const label = incidentLabel({ id: words.incidentId, kind: 'incident' });
  if (!known) return { state: 'refused', why: `Nothing is known of ${label} on the status page.` };
  const there = await find(deps.client, { words, known, uncertain: attempt.uncertain });
  const { origin } = known;
  if (there === 'unclear') return { state: 'refused', why: lostByHand(label, known) };
  if (there) return update(deps, { words, attempt, origin }, there);
  if (known.byHand && !words.byHand) return { state: 'refused', why: lostByHand(label, known) };
  if (words.do === 'open') return open(deps, { words, attempt, origin });
  return { state: 'refused', why: `The page has no incident for ${label}: it was never opened.` };
}

/** By its id, by the mark that Muster left on it, or as a person has opened it. */
async function find(
  client: StatuspageClient,
  { words, known, uncertain }: { words: PageWords; known: KnownPage; uncertain: boolean },
): Promise<RemoteIncident | 'unclear' | null> {
  if (known.remoteId !== null) return readShown(client, known.remoteId, uncertain);
  const ours = await findOurs(client, known.origin, uncertain);
  if (ours || !(known.byHand || words.byHand)) return ours;
  return findByHand(client, { name: known.name, since: Date.parse(words.byHand?.since ?? known.origin.declared) });
}

interface Carried<Words> {
  words: Words;
  attempt: Attempt;
  origin: PageOrigin;
}

async function open(deps: CourierDeps, { words, attempt, origin }: Carried<Open>): Promise<Delivery> {
  const { name, body, status, components, notify } = words;
  await deps.mayPost?.();
  const opened = await deps.client.create({ name, body, status, components, notify }, origin);
  deps.crash('statuspage.sent', attempt.key);
  return sent(opened);
}

async function update(
  deps: CourierDeps,
  { words, attempt, origin }: Carried<PageWords>,
  there: RemoteIncident,
): Promise<Delivery> {
  const maybeSaid = attempt.uncertain || words.byHand !== undefined;
  if ((maybeSaid && says(there, words)) || saidByHand(there, words)) return sent(there);
  if (there.status === 'resolved') return resolvedByHand(there, words);
  const { body, status, components, notify } = words;
  const post = { body, status, components, notify };
  await deps.mayPost?.();
  const updated = await deps.client.update(there.id, post, isByHand(there) ? origin : undefined);
  deps.crash('statuspage.sent', attempt.key);
  return sent(updated);
}

/** What people have resolved on the page stays resolved, and is not announced twice. */
function resolvedByHand(there: RemoteIncident, words: PageWords): Delivery {
  if (words.status === 'resolved') return sent(there);
  const label = incidentLabel({ id: words.incidentId, kind: 'incident' });
  return { state: 'refused', why: `Somebody has resolved ${label} on the page itself, so it was left as it is.` };
}

function lostByHand(label: string, known: KnownPage): string {
  return (
    `The public incident of ${label} was opened by hand, and none that is open on the page can be told to be it: ` +
    `name it "${known.name}", or go on by hand.`
  );
}

function says(there: RemoteIncident, words: PageWords): boolean {
  const newest = newestUpdate(there);
  return newest?.status === words.status && plain(newest.body) === plain(words.body) && shows(there, words);
}

/** Whether the words' components were set by the newest update, or are so now. */
function shows(there: RemoteIncident, { components }: PageWords): boolean {
  const set = (newestUpdate(there)?.affected_components ?? []).map(
    ({ code, new_status }) => [code, new_status] as const,
  );
  const now = (there.components ?? []).map(({ id, status }) => [id, status] as const);
  return Object.entries(components).every(([id, status]) =>
    [...set, ...now].some(([one, is]) => one === id && is === status),
  );
}

/** A person says that they have put the words there, in these or in others. */
function saidByHand(there: RemoteIncident, words: PageWords): boolean {
  const newest = newestUpdate(there);
  return (
    words.byHand !== undefined &&
    newest !== undefined &&
    Date.parse(newest.created_at) >= Date.parse(words.byHand.since)
  );
}

function plain(body: string | null | undefined): string {
  return (body ?? '').replace(/\s+/g, ' ').trim();
}

function sent(incident: RemoteIncident): Delivery {
  return { state: 'sent', receipt: { id: incident.id, url: incident.shortlink } };
}
