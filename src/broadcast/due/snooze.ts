import { sayAudience } from '../../domain/audience.ts';
import { Refusal } from '../../domain/errors.ts';
import { type Incident, incidentLabel } from '../../domain/incident.ts';
import { type Person, refuseUnless } from '../../domain/person.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { type AudienceRow, audiencesOf, changeAudience } from '../../store/audiences.ts';
import { appendAudit } from '../../store/audit.ts';
import { waitingDraft } from '../../store/drafts.ts';
import { rolesOf } from '../../store/roles.ts';
import type { BroadcastDeps, WordsDeps } from '../deps.ts';
import { holdUnclosed } from '../find.ts';
import { later } from '../later.ts';
import { sayIn, touch } from '../post.ts';
import { sayList } from '../templates/say-list.ts';
import { named } from '../words/named.ts';
import { endWaiting, togetherMs } from './draft-round.ts';
import { sayPromise } from './say-promise.ts';

const minuteMs = 60_000;
const usualMs = 10 * minuteMs;
const longestMs = 60 * minuteMs;

/** Holds back what is due next: once since an audience's last words. Answers in one sentence. */
export async function snooze(
  deps: BroadcastDeps,
  ask: { incidentId: number; forMs?: number },
  by: Person,
): Promise<string> {
  const forMs = checkSpan(ask.forMs ?? usualMs);
  return deps.store.tx(async (tx) => {
    const incident = await holdUnclosed(tx, ask.incidentId);
    refuseUnless(await rolesOf(tx, incident.id, by), 'snooze');
    const rows = refuseTwice(deps, incident, await nextRows(tx, incident));
    const until = await holdBack(deps, tx, rows, forMs);
    await record(deps, tx, incident, { rows, until, by });
    await endWaiting(deps, tx, incident, { state: 'snoozed', by: by.name });
    const when = sayPromise(until, deps.clock.now(), deps.home.timezone);
    return `The words of ${incidentLabel(incident)} to ${sayAudiences(rows)} are held back until ${when}, once.`;
  });
}

function checkSpan(forMs: number): number {
  if (Number.isInteger(forMs) && forMs >= minuteMs && forMs <= longestMs) return forMs;
  const found = Number.isFinite(forMs) ? `${Math.round(forMs / minuteMs)} minutes` : 'no length of time';
  throw new Refusal(`Words are held back for 1 to 60 minutes, and ${found} was asked for.`, 'for');
}

/** What the draft that is shown is for; without one, what is due first and what is due soon after it. */
async function nextRows(tx: Tx, incident: Incident): Promise<AudienceRow[]> {
  const rows = (await audiencesOf(tx, incident.id)).filter((row) => row.dueAt !== null);
  const draft = await waitingDraft(tx, incident.id);
  const drafted = rows.filter((row) => draft?.audiences.includes(row.audience));
  if (drafted.length > 0) return drafted;
  const first = Math.min(...rows.map((row) => row.dueAt?.getTime() ?? Number.POSITIVE_INFINITY));
  return rows.filter((row) => (row.dueAt?.getTime() ?? 0) <= first + togetherMs);
}

function refuseTwice(deps: WordsDeps, incident: Incident, rows: readonly AudienceRow[]): AudienceRow[] {
  const label = incidentLabel(incident);
  const [first] = rows;
  if (!first?.dueAt) throw new Refusal(`Nothing of ${label} is due: there is nothing to hold back.`);
  const free = rows.filter((row) => !row.snoozed);
  if (free.length > 0) return free;
  const until = sayPromise(first.dueAt, deps.clock.now(), deps.home.timezone);
  throw new Refusal(
    `The words of ${label} to ${sayAudiences(rows)} were held back once, until ${until}, and are not a second time: send them with /dr update.`,
  );
}

async function holdBack(deps: WordsDeps, tx: Tx, rows: readonly AudienceRow[], forMs: number): Promise<Date> {
  const now = deps.clock.now();
  const untils = rows.map((row) => later(row.dueAt && row.dueAt > now ? row.dueAt : now, forMs));
  for (const [index, row] of rows.entries()) {
    const dueAt = untils[index] ?? later(now, forMs);
    await changeAudience(tx, row, { dueAt, snoozed: true, nudgedAt: null, askedAt: null });
  }
  return new Date(Math.min(...untils.map((until) => until.getTime())));
}

async function record(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { rows: readonly AudienceRow[]; until: Date; by: Person },
): Promise<void> {
  const { rows, until, by } = of;
  const at = deps.clock.now();
  const audiences = rows.map((row) => row.audience);
  await appendAudit(tx, {
    at,
    who: by.name,
    door: by.door,
    what: 'broadcast.snoozed',
    incidentId: incident.id,
    runId: null,
    detail: { audiences, until: until.toISOString() },
  });
  const said = sayPromise(until, at, deps.home.timezone);
  const text = deps.say('snoozed', { ...named(incident), audiences: sayAudiences(rows), until: said, by: by.name });
  await sayIn(deps, tx, { incidentId: incident.id, key: deps.ids.next('snoozed'), text });
  await tx.tell({ kind: 'Snoozed', incidentId: incident.id, audiences, until, by: by.name });
  await touch(deps, tx, { kind: 'incident-header', incidentId: incident.id });
}

function sayAudiences(rows: readonly AudienceRow[]): string {
  return sayList(rows.map((row) => sayAudience(row.audience)));
}
