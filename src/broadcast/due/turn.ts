import { type Audience, ruleOf } from '../../domain/audience.ts';
import { muster } from '../../domain/identity.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { type AudienceRow, audiencesOf, changeAudience } from '../../store/audiences.ts';
import { coveredBefore } from '../../store/broadcasts.ts';
import type { WordsDeps } from '../deps.ts';
import type { PageState } from '../public/show.ts';
import { askToSpeak } from './ask-to-speak.ts';
import { showDraft, tidyDraft } from './draft-round.ts';
import { isOverOnPage, ownPage } from './page-state.ts';
import { tellBroken } from './promises.ts';
import { sayTo } from './say.ts';
import { ownWords } from './texts.ts';
import { dropUnreached } from './unreached.ts';
import type { WordsKind } from './words.ts';

/**
 * Does what is due in one incident now: counts promises that were broken, says what goes by itself, asks those who are to
 * speak, and shows the draft of what is due soon. The caller holds the incident; done twice it does nothing more.
 */
export async function turnIncident(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  for (const row of await beginTurn(deps, tx, incident)) await speakDue(deps, tx, incident, row);
  await endTurn(deps, tx, incident);
}

/** Before anything is said: what was broken, and who cannot be reached. Gives those who are due to be told. */
export async function beginTurn(deps: WordsDeps, tx: Tx, incident: Incident): Promise<AudienceRow[]> {
  await tellBroken(deps, tx, incident);
  await dropUnreached(deps, tx, incident);
  const now = deps.clock.now();
  return (await audiencesOf(tx, incident.id)).filter((row) => row.dueAt !== null && row.dueAt <= now);
}

/** After all was said that goes by itself: what waits for people. */
export async function endTurn(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  await tidyDraft(deps, tx, incident, muster);
  await showDraft(deps, tx, incident);
  await askToSpeak(deps, tx, incident);
}

/** Says what is due by the audience's rule; one that waits for a person stays due. */
export async function speakDue(deps: WordsDeps, tx: Tx, incident: Incident, row: AudienceRow): Promise<void> {
  const { audience } = row;
  const isPublic = audience === 'public';
  if (ruleOf(deps.home, incident, audience) === 'never' || (isPublic && (await isOverOnPage(tx, incident.id)))) {
    await changeAudience(tx, row, { dueAt: null });
    return;
  }
  const heard = await coveredBefore(tx, { incidentId: incident.id, audience, toAutomatic: true });
  const words = await ownWords(deps, tx, { incident, audience, heard });
  if (!words) return;
  const kind = kindFor(incident, { ...row, heard });
  const page = isPublic ? await ownPage(tx, incident) : {};
  await sayTo(deps, tx, { incident, audience, by: muster, kind, page, ...words });
}

/** What these words are to those who hear them; `heard` is null while they have heard nothing. */
export function kindFor(
  incident: Pick<Incident, 'phase'>,
  of: { audience: Audience; heard: number | null; final: boolean; page?: Partial<PageState> },
): WordsKind {
  const isEnded = of.audience === 'public' && of.page?.status === 'resolved';
  if (of.final || isEnded || incident.phase === 'resolved') return 'all-clear';
  return of.heard === null && of.audience === 'stakeholders' ? 'declaration' : 'update';
}
