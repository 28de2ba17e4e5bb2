import { ruleOf } from '../../domain/audience.ts';
import { muster } from '../../domain/identity.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { hasRestored, purposeOf } from '../../domain/restored.ts';
import type { RunOutcome } from '../../domain/run.ts';
import { readPlan } from '../../store/plans.ts';
import { insertDraft, isUnpublished, readPublic, setDraftComponents } from '../../store/public-incidents.ts';
import { readRun } from '../../store/runs.ts';
import { readSteps } from '../../store/steps.ts';
import type { WordsDeps } from '../deps.ts';
import { sayTo } from '../due/say.ts';
import { post, sayIn, touch } from '../post.ts';
import { named } from '../words/named.ts';
import { publishersOf } from './publishers.ts';
import { openingComponents, type PageState, recovered } from './show.ts';
import { openingWords, publicBody } from './wording.ts';

/** Keeps a draft ready and shows it to responders, where muster.yml has a page. */
export async function draftPublic(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const page = deps.home.statuspage?.page;
  if (page === undefined) return;
  await insertDraft(tx, { incidentId: incident.id, page, ...openingWords(deps, incident) });
  const notice = { kind: 'public-draft', incidentId: incident.id } as const;
  await post(deps, tx, { place: { in: 'incident', incidentId: incident.id }, notice });
}

/** Another severity shows components otherwise, until a publisher has decided. */
export async function redraftPublic(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  await setDraftComponents(tx, incident.id, openingComponents(deps.home, incident));
  await touch(deps, tx, { kind: 'public-draft', incidentId: incident.id });
}

/** Words for the public, and what the page is to show with them. */
interface PublicWords {
  body: string;
  page: PageState;
}

/** What a run's end means to the public, if the page was opened: never more than was observed. */
export async function tellPublicAfterRun(
  deps: WordsDeps,
  tx: Tx,
  of: { incident: Incident; runId: string; outcome: RunOutcome },
): Promise<void> {
  const run = await readRun(tx, of.runId);
  const plan = run && (await readPlan(tx, run.planId));
  if (!run || !plan || purposeOf(plan) !== 'recovery' || !(await isOpenOnPage(tx, of.incident.id))) return;
  const restored = hasRestored({ run, plan, steps: await readSteps(tx, run.id) });
  const words = await wordsAfterRun(deps, tx, { ...of, restored });
  await sayOrSuggest(deps, tx, { incident: of.incident, words, kind: 'update', key: `public:${of.runId}` });
}

/** The last public words, if the page was opened. */
export async function resolvePublic(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  await touch(deps, tx, { kind: 'public-draft', incidentId: incident.id });
  if (!(await isOpenOnPage(tx, incident.id))) return;
  const words = await wordsAtResolve(deps, tx, incident);
  await sayOrSuggest(deps, tx, { incident, words, kind: 'all-clear', key: `public:${incident.id}:resolved` });
}

async function wordsAtResolve(deps: WordsDeps, tx: Tx, incident: Incident): Promise<PublicWords> {
  const components = await recovered(tx, incident.id, 'operational');
  return {
    body: publicBody(deps, incident, 'public-resolved'),
    page: { status: 'resolved', notify: true, components },
  };
}

/**
 * Whether the public has been told of it, or is about to be: also by words that were handed over to be copied, which
 * somebody may have posted without saying so. Not once it was told that it is over.
 */
export async function isOpenOnPage(tx: Tx, incidentId: number): Promise<boolean> {
  const page = await readPublic(tx, incidentId);
  if (!page || page.state === 'resolved' || page.status === 'resolved') return false;
  return !isUnpublished(page);
}

interface Decided {
  incident: Incident;
  words: PublicWords;
  kind: 'update' | 'all-clear';
  key: string;
}

/** By itself where the rule allows it; else the words are given to publishers, who may send them. */
async function sayOrSuggest(deps: WordsDeps, tx: Tx, of: Decided): Promise<void> {
  const { incident, words, kind, key } = of;
  const rule = ruleOf(deps.home, incident, 'public');
  if (rule === 'automatic' || rule === 'holding') {
    const said = { incident, audience: 'public', origin: 'automatic', by: muster, kind, ...words } as const;
    await sayTo(deps, tx, said);
    return;
  }
  const text = deps.say('public-suggested', { ...named(incident), status: words.page.status, body: words.body });
  // At the end they are asked as all are who are to speak: one ping is enough.
  const mention = rule === 'approved' && kind === 'all-clear' ? [] : await publishersOf(tx, incident.id);
  await sayIn(deps, tx, { incidentId: incident.id, key, text, mention });
}

async function wordsAfterRun(
  deps: WordsDeps,
  tx: Tx,
  { incident, outcome, restored }: { incident: Incident; outcome: RunOutcome; restored: boolean },
): Promise<PublicWords> {
  if (!restored) return goingOn(deps, incident);
  switch (outcome) {
    case 'succeeded':
      return {
        body: publicBody(deps, incident, 'public-monitoring'),
        page: {
          status: 'monitoring',
          notify: true,
          components: await recovered(tx, incident.id, 'degraded_performance'),
        },
      };
    case 'succeeded-with-exceptions':
      return {
        body: publicBody(deps, incident, 'public-verifying'),
        page: { status: 'monitoring', notify: true, components: {} },
      };
    case 'failed':
    case 'aborted':
    case 'undone':
      return goingOn(deps, incident);
  }
}

function goingOn(deps: WordsDeps, incident: Incident): PublicWords {
  return {
    body: publicBody(deps, incident, 'public-continuing'),
    page: { status: 'identified', notify: true, components: {} },
  };
}
