import { type Audience, outside, ruleOf } from '../../domain/audience.ts';
import type { BroadcastOrigin } from '../../domain/facts.ts';
import { nameMembers } from '../../domain/identity.ts';
import { type Incident, isOpen } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { sayInstant } from '../../domain/say-instant.ts';
import { readRecovery } from '../../store/incidents.ts';
import type { WordsDeps } from '../deps.ts';
import { publicBody } from '../public/wording.ts';
import { sayRecovery } from '../templates/say-recovery.ts';
import { composeDraft, type DraftParts } from './compose.ts';
import { asShown } from './page-state.ts';
import { readSituation } from './situation.ts';

/** What would be said now: one text for those inside, one without internal names for those outside. */
export interface Texts {
  inside: string;
  outside: string;
}

/** As many characters as the editor holds. */
export const longestDraft = 3_000;

/** Drafts from what is on record, telling what was entered `after` what the words before covered. */
export async function draftTexts(deps: WordsDeps, tx: Tx, incident: Incident, after: number): Promise<Texts> {
  const { inside, outside } = isOpen(incident)
    ? openTexts(deps, incident, await draftParts(deps, tx, incident, after))
    : await lastTexts(deps, tx, incident);
  return { inside: inside.slice(0, longestDraft), outside: outside.slice(0, longestDraft) };
}

async function draftParts({ home }: WordsDeps, tx: Tx, incident: Incident, after: number): Promise<DraftParts> {
  const parts = composeDraft(await readSituation(tx, incident, after));
  return {
    ...parts,
    changes: parts.changes.map((change) => byName(home, change)),
    happening: byName(home, parts.happening),
  };
}

/** What goes out may be read where Slack names nobody. */
function byName(home: WordsDeps['home'], text: string): string {
  return nameMembers(home, text, { known: (name) => name, unknown: () => 'a colleague' });
}

function openTexts(deps: WordsDeps, incident: Incident, parts: DraftParts): Texts {
  const { restored, affected } = parts;
  const system = deps.home.system.title;
  return {
    inside: deps.say('draft-inside', parts),
    outside: deps.say('draft-outside', { system, phase: incident.phase, restored, affected }),
  };
}

/** Inside, how recovery went against its objectives. */
async function lastTexts(deps: WordsDeps, tx: Tx, incident: Incident): Promise<Texts> {
  const over = publicBody(deps, incident, 'public-resolved');
  const recovery = await readRecovery(tx, incident.id);
  if (!recovery) return { inside: over, outside: over };
  const { rto, rtoExplain, rpo, rpoExplain } = sayRecovery(recovery);
  return { inside: `${rto} (${rtoExplain}).\n${rpo} (${rpoExplain}).`, outside: over };
}

interface Hearer {
  incident: Incident;
  audience: Audience;
  /** The newest entry of the timeline that it has heard of; null while it has heard nothing. */
  heard: number | null;
}

/** What an audience is told when nobody has spoken, by its rule; null where a person has to. */
export async function ownWords(
  deps: WordsDeps,
  tx: Tx,
  of: Hearer,
): Promise<{ body: string; origin: BroadcastOrigin } | null> {
  switch (ruleOf(deps.home, of.incident, of.audience)) {
    case 'automatic':
      return { body: await automaticBody(deps, tx, of), origin: 'automatic' };
    case 'holding':
      return { body: await holdingBody(deps, tx, of), origin: 'holding' };
    case 'approved':
    case 'never':
      return null;
  }
}

/** The first words come before anything has changed: inside, what is being done. */
async function automaticBody(deps: WordsDeps, tx: Tx, { incident, audience, heard }: Hearer): Promise<string> {
  if (heard === null && audience === 'stakeholders') {
    const { happening, next } = await draftParts(deps, tx, incident, 0);
    return `${happening} ${next}`.trim();
  }
  const texts = await draftTexts(deps, tx, await asShown(tx, incident, audience), heard ?? 0);
  return outside.includes(audience) ? texts.outside : texts.inside;
}

async function holdingBody({ say, home }: WordsDeps, tx: Tx, { incident, audience }: Hearer): Promise<string> {
  const { phase } = await asShown(tx, incident, audience);
  const input = { services: incident.services.join(', '), phase };
  if (!outside.includes(audience)) return say('holding-inside', input);
  return say('holding-outside', { ...input, began: sayInstant(incident.impactBeganAt, home.timezone) });
}
