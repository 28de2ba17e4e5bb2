import { type Audience, audiences, isReached, ruleOf } from '../domain/audience.ts';
import type { Home } from '../domain/home.ts';
import type { Incident } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { AudienceView } from '../domain/views.ts';
import { promisesOf } from './promises.ts';

/** What one audience of an incident was told, and what it is owed. */
export interface AudienceRow {
  incidentId: number;
  audience: Audience;
  toldAt: Date | null;
  dueAt: Date | null;
  final: boolean;
  nudgedAt: Date | null;
  askedAt: Date | null;
  snoozed: boolean;
}

const columns = `incident_id::int as "incidentId", audience, told_at as "toldAt", due_at as "dueAt", final,
  nudged_at as "nudgedAt", asked_at as "askedAt", snoozed`;

/** From now on this audience is owed its first words; one that is known stays as it is. */
export async function insertAudience(
  tx: Tx,
  row: { incidentId: number; audience: Audience; dueAt: Date | null },
): Promise<void> {
  await tx.query('insert into audience (incident_id, audience, due_at) values ($1, $2, $3) on conflict do nothing', [
    row.incidentId,
    row.audience,
    row.dueAt,
  ]);
}

/** From the room outwards. */
export async function audiencesOf(tx: Tx, incidentId: number): Promise<AudienceRow[]> {
  return tx.query<AudienceRow>(
    `select ${columns} from audience where incident_id = $1 order by array_position($2::text[], audience)`,
    [incidentId, audiences],
  );
}

/** It was told just now: all that was held against the words before is forgotten. */
export async function markTold(
  tx: Tx,
  of: { incidentId: number; audience: Audience; at: Date; dueAt: Date | null },
): Promise<void> {
  await tx.query(
    `insert into audience (incident_id, audience, told_at, due_at) values ($1, $2, $3, $4)
     on conflict (incident_id, audience) do update set told_at = excluded.told_at, due_at = excluded.due_at,
       final = false, nudged_at = null, asked_at = null, snoozed = false`,
    [of.incidentId, of.audience, of.at, of.dueAt],
  );
}

type Change = Partial<Pick<AudienceRow, 'dueAt' | 'final' | 'nudgedAt' | 'askedAt' | 'snoozed'>>;

/** Changes what is due to this audience, and only what is given. */
export async function changeAudience(
  tx: Tx,
  of: { incidentId: number; audience: Audience },
  change: Change,
): Promise<void> {
  const names: Record<keyof Change, string> = {
    dueAt: 'due_at',
    final: 'final',
    nudgedAt: 'nudged_at',
    askedAt: 'asked_at',
    snoozed: 'snoozed',
  };
  const entries = Object.entries(change) as [keyof Change, Date | boolean | null][];
  if (entries.length === 0) return;
  const set = entries.map(([name], index) => `${names[name]} = $${index + 3}`).join(', ');
  await tx.query(`update audience set ${set} where incident_id = $1 and audience = $2`, [
    of.incidentId,
    of.audience,
    ...entries.map(([, value]) => value),
  ]);
}

/** Nothing is due to anybody any more. */
export async function endAudiences(tx: Tx, incidentId: number): Promise<void> {
  await tx.query('update audience set due_at = null, final = false where incident_id = $1', [incidentId]);
}

export interface DueAudience extends AudienceRow {
  dueAt: Date;
  declaredAt: Date;
  scenario: string | null;
}

/** Audiences whose words are due before `until`, the earliest first. */
export async function dueBefore(tx: Tx, until: Date): Promise<DueAudience[]> {
  return tx.query<DueAudience>(
    `select a.incident_id::int as "incidentId", a.audience, a.told_at as "toldAt", a.due_at as "dueAt", a.final,
       a.nudged_at as "nudgedAt", a.asked_at as "askedAt", a.snoozed, i.declared_at as "declaredAt", i.scenario
     from audience a join incident i on i.id = a.incident_id
     where a.due_at <= $1 order by a.due_at, a.incident_id`,
    [until],
  );
}

/** The first due time after `until`. */
export async function firstDueAfter(tx: Tx, until: Date): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date | null }>('select min(due_at) as at from audience where due_at > $1', [
    until,
  ]);
  return row?.at ?? null;
}

/** Each audience that is reached, in order: what it was told, what it is owed, how promises to it went. */
export async function readAudienceViews(tx: Tx, home: Home, incident: Incident): Promise<AudienceView[]> {
  const rows = await audiencesOf(tx, incident.id);
  const promises = await promisesOf(tx, incident.id);
  const reached = await reachedOf(tx, incident.id);
  return audiences
    .filter((audience) => isReached(home, audience))
    .map((audience) => {
      const row = rows.find((one) => one.audience === audience);
      const counts = promises.find((one) => one.audience === audience);
      return {
        audience,
        rule: ruleOf(home, incident, audience),
        toldAt: reached.get(audience) ?? null,
        dueAt: row?.dueAt ?? null,
        promised: counts?.promised ?? null,
        kept: counts?.kept ?? 0,
        broken: counts?.broken ?? 0,
      };
    });
}

/** When each audience was last said something that reached somebody. */
async function reachedOf(tx: Tx, incidentId: number): Promise<Map<Audience, Date>> {
  const rows = await tx.query<{ audience: Audience; at: Date }>(
    `select audience, max(said_at) as at from broadcast
     where incident_id = $1 and state in ('delivered', 'partly') group by audience`,
    [incidentId],
  );
  return new Map(rows.map((row) => [row.audience, row.at]));
}
