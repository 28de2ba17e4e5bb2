import { type Audience, nudgeLeadMs, promiseOf } from '../../domain/audience.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Person } from '../../domain/person.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { type AudienceRow, audiencesOf, changeAudience } from '../../store/audiences.ts';
import { type DraftRow, type DraftState, endDraft, insertDraftRound, waitingDraft } from '../../store/drafts.ts';
import type { WordsDeps } from '../deps.ts';
import { earliest, later } from '../later.ts';
import { post, touch } from '../post.ts';

/** Words to others that are due within this many milliseconds after the first are drafted with them. */
export const togetherMs = 300_000;

/** When the draft of what is due to this audience is shown; null when it was, or nothing is due. */
export function nudgeAt(row: AudienceRow, declaredAt: Date): Date | null {
  if (row.dueAt === null || row.nudgedAt !== null) return null;
  const spanMs = row.dueAt.getTime() - (row.toldAt ?? declaredAt).getTime();
  return later(row.dueAt, -nudgeLeadMs(Math.max(0, spanMs)));
}

/** Shows one draft for all that is due soon and was not drafted yet, and for those whom the one before still waits for. */
export async function showDraft(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const now = deps.clock.now();
  const rows = (await audiencesOf(tx, incident.id)).filter((row) => row.dueAt !== null);
  const soon = rows.filter((row) => isBy(nudgeAt(row, incident.declaredAt), now));
  const first = earliest(soon.map((row) => row.dueAt));
  if (!first) return;
  const before = await waitingDraft(tx, incident.id);
  const waited = before === null ? [] : (await owedOf(tx, before)).map((row) => row.audience);
  const isNew = !isShownBy(before, first) || soon.some((row) => !waited.includes(row.audience));
  const until = later(first, togetherMs);
  const drafted = isNew ? rows.filter((row) => isBy(row.dueAt, until) || waited.includes(row.audience)) : soon;
  for (const row of drafted) await changeAudience(tx, row, { nudgedAt: now });
  if (isNew) await replaceDraft(deps, tx, { before, incident, drafted, dueAt: first });
}

/** One draft for one promise: a due time that moves within its minute, or away and back, is not drafted twice. */
function isShownBy(before: DraftRow | null, dueAt: Date): boolean {
  return before !== null && promiseOf(before.dueAt).getTime() === promiseOf(dueAt).getTime();
}

/** What a button sends is never for more people than whoever presses it was shown: for others there is a draft anew. */
async function replaceDraft(
  deps: WordsDeps,
  tx: Tx,
  of: { before: DraftRow | null; incident: Incident; drafted: readonly AudienceRow[]; dueAt: Date },
): Promise<void> {
  const { before, dueAt } = of;
  const incidentId = of.incident.id;
  if (before) await end(deps, tx, before, { state: 'superseded', by: null });
  const audiences = of.drafted.map((row) => row.audience);
  const round = await insertDraftRound(tx, { incidentId, audiences, dueAt, at: deps.clock.now() });
  const place = { in: 'incident', incidentId } as const;
  await post(deps, tx, { place, notice: { kind: 'update-draft', incidentId, round } });
}

/** Those that a draft is for and that are still owed it: something is due, and nothing was told since it was shown. */
export async function owedOf(tx: Tx, draft: DraftRow): Promise<AudienceRow[]> {
  const rows = (await audiencesOf(tx, draft.incidentId)).filter((row) => draft.audiences.includes(row.audience));
  return rows.filter((row) => row.dueAt !== null && (row.toldAt === null || row.toldAt < draft.shownAt));
}

/** A draft ends when all that it was for were told since it was shown, or are owed nothing any more. */
export async function tidyDraft(deps: WordsDeps, tx: Tx, incident: Incident, by: Person): Promise<void> {
  const draft = await waitingDraft(tx, incident.id);
  if (!draft) return;
  if ((await owedOf(tx, draft)).length > 0) return touchDraft(deps, tx, draft);
  const told = await toldOf(tx, draft);
  await end(deps, tx, draft, told.length > 0 ? { state: 'sent', by: by.name } : { state: 'lapsed', by: null });
}

/** Those of its audiences that were told something since it was shown. */
async function toldOf(tx: Tx, draft: DraftRow): Promise<Audience[]> {
  const rows = (await audiencesOf(tx, draft.incidentId)).filter((row) => draft.audiences.includes(row.audience));
  return rows.filter((row) => row.toldAt !== null && row.toldAt >= draft.shownAt).map((row) => row.audience);
}

/** Takes back the draft that waits. */
export async function endWaiting(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  as: { state: Exclude<DraftState, 'waiting'>; by: string | null },
): Promise<void> {
  const draft = await waitingDraft(tx, incident.id);
  if (draft) await end(deps, tx, draft, as);
}

async function end(
  deps: WordsDeps,
  tx: Tx,
  draft: DraftRow,
  as: { state: Exclude<DraftState, 'waiting'>; by: string | null },
): Promise<void> {
  await endDraft(tx, draft, { ...as, told: await toldOf(tx, draft), at: deps.clock.now() });
  await touchDraft(deps, tx, draft);
}

async function touchDraft(deps: WordsDeps, tx: Tx, { incidentId, round }: DraftRow): Promise<void> {
  await touch(deps, tx, { kind: 'update-draft', incidentId, round });
}

function isBy(at: Date | null, until: Date): boolean {
  return at !== null && at <= until;
}
