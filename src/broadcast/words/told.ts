import { type Audience, isReached, ruleOf } from '../../domain/audience.ts';
import { muster } from '../../domain/identity.ts';
import { type Incident, isOpen } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { audiencesOf } from '../../store/audiences.ts';
import { coveredBefore } from '../../store/broadcasts.ts';
import { lockIncident } from '../../store/incidents.ts';
import type { WordsDeps } from '../deps.ts';
import { sayTo } from '../due/say.ts';
import { draftTexts, longestDraft } from '../due/texts.ts';
import { kindFor } from '../due/turn.ts';

/** Whether this audience is told by itself how things stand, not in a neutral text, and has been told before. */
export async function isToldInFull(
  deps: Pick<WordsDeps, 'home'>,
  tx: Tx,
  incident: Incident,
  audience: Audience,
): Promise<boolean> {
  if (!isReached(deps.home, audience) || ruleOf(deps.home, incident, audience) !== 'automatic') return false;
  const row = (await audiencesOf(tx, incident.id)).find((one) => one.audience === audience);
  return row !== undefined && row.toldAt !== null;
}

/** Tells what has changed, and below it how things stand, to those who are told in full. Gives who was told. */
export async function tellChange(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { audiences: readonly Audience[]; change: string },
): Promise<Audience[]> {
  if (!isOpen(incident)) return [];
  await lockIncident(tx, incident.id);
  const told: Audience[] = [];
  for (const { audience } of await audiencesOf(tx, incident.id)) {
    if (!of.audiences.includes(audience) || !(await isToldInFull(deps, tx, incident, audience))) continue;
    const heard = await coveredBefore(tx, { incidentId: incident.id, audience, toAutomatic: true });
    const { inside } = await draftTexts(deps, tx, incident, heard ?? 0);
    const body = `${of.change}\n${inside}`.slice(0, longestDraft);
    const kind = kindFor(incident, { audience, heard, final: false });
    await sayTo(deps, tx, { incident, audience, origin: 'automatic', by: muster, body, kind, news: true });
    told.push(audience);
  }
  return told;
}
