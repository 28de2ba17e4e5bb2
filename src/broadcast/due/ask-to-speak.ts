import { isInTime, outside, ruleOf, sayAudience } from '../../domain/audience.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { type AudienceRow, audiencesOf, changeAudience } from '../../store/audiences.ts';
import type { WordsDeps } from '../deps.ts';
import { later } from '../later.ts';
import { sayIn } from '../post.ts';
import { publishersOf } from '../public/publishers.ts';
import { sayList } from '../templates/say-list.ts';
import { sayDuration } from '../templates/say-time.ts';
import { named } from '../words/named.ts';
import { sayPromise } from './say-promise.ts';

/** Milliseconds after which those who are to speak are asked again. */
export const askAgainMs = 600_000;

/** Milliseconds overdue until which they are asked so often, and after which they are asked again from then on. */
const oftenForMs = 2 * askAgainMs;
const askSeldomMs = 3 * askAgainMs;

/** When those who may speak to this audience are asked next; null while nothing is due to it, or it goes by itself. */
export function nextAskAt(
  deps: Pick<WordsDeps, 'home'>,
  incident: Pick<Incident, 'scenario'>,
  row: AudienceRow,
): Date | null {
  if (row.dueAt === null || ruleOf(deps.home, incident, row.audience) !== 'approved') return null;
  if (row.askedAt === null) return row.dueAt;
  const often = row.askedAt.getTime() - row.dueAt.getTime() < oftenForMs;
  return later(row.askedAt, often ? askAgainMs : askSeldomMs);
}

/** Asks publishers for what leaves the company, the commander for what stays inside: once for all that is due. */
export async function askToSpeak(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const now = deps.clock.now();
  const due = (await audiencesOf(tx, incident.id)).filter((row) => {
    const at = nextAskAt(deps, incident, row);
    return at !== null && at <= now;
  });
  const names = await publishersOf(tx, incident.id);
  const out = due.filter((row) => outside.includes(row.audience));
  await ask(deps, tx, incident, { rows: out, mention: names.length > 0 ? names : [incident.commander] });
  const inside = due.filter((row) => !outside.includes(row.audience));
  await ask(deps, tx, incident, { rows: inside, mention: [incident.commander] });
}

async function ask(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { rows: readonly AudienceRow[]; mention: readonly string[] },
): Promise<void> {
  const [first] = [...of.rows].sort((a, b) => (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0));
  if (!first?.dueAt) return;
  const now = deps.clock.now();
  const audience = sayList(of.rows.map((row) => sayAudience(row.audience)));
  const due = sayPromise(first.dueAt, now, deps.home.timezone);
  const late = !isInTime(now, first.dueAt);
  const overdue = sayDuration(Math.max(0, now.getTime() - first.dueAt.getTime()));
  const text = deps.say('words-due', { ...named(incident), audience, due, late, overdue });
  const again = of.rows.some(({ askedAt, dueAt }) => askedAt !== null && dueAt !== null && askedAt >= dueAt);
  const mention = [...new Set([...of.mention, ...(again ? [incident.commander] : [])])];
  await sayIn(deps, tx, { incidentId: incident.id, key: deps.ids.next('asked'), text, mention });
  for (const row of of.rows) await changeAudience(tx, row, { askedAt: now });
}
