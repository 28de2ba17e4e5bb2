import type { Incident } from '../domain/incident.ts';
import type { ComponentStatus, PublicStatus } from '../domain/notice.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { RunOutcome } from '../domain/run.ts';
import { enqueue } from '../store/outbox.ts';
import { insertDraft, type PublicIncident, readPublic } from '../store/public-incidents.ts';
import type { WordsDeps } from './deps.ts';
import { post, touch } from './post.ts';
import { openingWords, publicBody } from './public-words.ts';

export function pageLane(page: string): string {
  return `statuspage:${page}`;
}

/** Keeps a draft ready and shows it to responders, where muster.yml has a page. */
export async function draftPublic(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const page = deps.home.statuspage?.page;
  if (page === undefined) return;
  await insertDraft(tx, { incidentId: incident.id, page, ...openingWords(deps, incident) });
  const notice = { kind: 'public-draft', incidentId: incident.id } as const;
  await post(deps, tx, { place: { in: 'incident', incidentId: incident.id }, notice });
}

/** What a run's end means to the public, if the page was opened: never more than was observed. */
export async function updatePublicAfterRun(
  deps: WordsDeps,
  tx: Tx,
  of: { incident: Incident; runId: string; outcome: RunOutcome },
): Promise<void> {
  const page = await openedPage(tx, of.incident.id);
  if (!page) return;
  await enqueueUpdate(deps, tx, page, { ...afterRun(deps, page, of), key: `public:${of.incident.id}:${of.runId}` });
}

export async function resolvePublic(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const page = await openedPage(tx, incident.id);
  if (page) {
    await enqueueUpdate(deps, tx, page, {
      key: `public:${incident.id}:resolved`,
      status: 'resolved',
      body: publicBody(deps, incident, 'public-resolved'),
      components: allAt(page, 'operational'),
    });
  }
  await touch(deps, tx, { kind: 'public-draft', incidentId: incident.id });
}

interface PublicUpdate {
  key: string;
  status: PublicStatus;
  body: string;
  components: Record<string, ComponentStatus>;
}

function afterRun(
  deps: WordsDeps,
  page: PublicIncident,
  { incident, outcome }: { incident: Incident; outcome: RunOutcome },
): Omit<PublicUpdate, 'key'> {
  switch (outcome) {
    case 'succeeded':
      return {
        status: 'monitoring',
        body: publicBody(deps, incident, 'public-monitoring'),
        components: allAt(page, 'degraded_performance'),
      };
    case 'succeeded-with-exceptions':
      return { status: 'monitoring', body: publicBody(deps, incident, 'public-verifying'), components: {} };
    case 'failed':
    case 'aborted':
    case 'undone':
      return { status: 'identified', body: publicBody(deps, incident, 'public-continuing'), components: {} };
  }
}

async function openedPage(tx: Tx, incidentId: number): Promise<PublicIncident | null> {
  const page = await readPublic(tx, incidentId);
  return page?.state === 'asked' || page?.state === 'open' ? page : null;
}

async function enqueueUpdate(deps: WordsDeps, tx: Tx, page: PublicIncident, update: PublicUpdate): Promise<void> {
  const { key, ...words } = update;
  await enqueue(tx, {
    key,
    lane: pageLane(page.page),
    document: { to: 'statuspage', do: 'update', incidentId: page.incidentId, notify: true, ...words },
    dueAt: deps.real.now(),
  });
}

function allAt(page: PublicIncident, status: ComponentStatus): Record<string, ComponentStatus> {
  return Object.fromEntries(Object.keys(page.components).map((component) => [component, status]));
}
