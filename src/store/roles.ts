import type { Role } from '../domain/home.ts';
import type { Person } from '../domain/person.ts';
import type { Tx } from '../domain/ports/store.ts';

/** Somebody who holds a role in one incident. */
export interface Member {
  person: string;
  slack: string | null;
}

/** The roles a person holds in one incident, whether they are known by name or by Slack id. */
export async function rolesOf(tx: Tx, incidentId: number, person: Person): Promise<Set<Role>> {
  const rows = await tx.query<{ role: Role }>(
    'select role from incident_role where incident_id = $1 and (person = $2 or slack = $3)',
    [incidentId, person.name, person.slack],
  );
  return new Set(rows.map((row) => row.role));
}

/** What stands before a Slack user group's id in muster.yml, and as who gave a role. */
export const groupPrefix = 'group:';

/** False when they hold it already. What a group gave, a person or muster.yml may give as their own: it stays then. */
export async function grantRole(
  tx: Tx,
  grant: Member & { incidentId: number; role: Role; by: string; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into incident_role as held (incident_id, role, person, slack, granted_by, granted_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (incident_id, role, person) do update
     set granted_by = excluded.granted_by, granted_at = excluded.granted_at
     where starts_with(held.granted_by, $7) and not starts_with(excluded.granted_by, $7) returning person`,
    [grant.incidentId, grant.role, grant.person, grant.slack, grant.by, grant.at, groupPrefix],
  );
  return rows.length > 0;
}

/** Everybody's roles in an incident, and who gave them: a person, Muster, or `group:` and the id of a Slack user group. */
export async function rolesGiven(
  tx: Tx,
  incidentId: number,
): Promise<{ role: Role; person: string; slack: string | null; by: string }[]> {
  return tx.query<{ role: Role; person: string; slack: string | null; by: string }>(
    'select role, person, slack, granted_by as by from incident_role where incident_id = $1 order by role, person',
    [incidentId],
  );
}

export async function endRole(tx: Tx, of: { incidentId: number; role: Role; person: string }): Promise<void> {
  await tx.query('delete from incident_role where incident_id = $1 and role = $2 and person = $3', [
    of.incidentId,
    of.role,
    of.person,
  ]);
}

export async function membersOf(tx: Tx, incidentId: number, role: Role): Promise<Member[]> {
  return tx.query<Member>(
    'select person, slack from incident_role where incident_id = $1 and role = $2 order by person',
    [incidentId, role],
  );
}

/** Everybody who holds some role in an incident, once each. */
export async function everyoneIn(tx: Tx, incidentId: number): Promise<Member[]> {
  return tx.query<Member>('select distinct person, slack from incident_role where incident_id = $1 order by person', [
    incidentId,
  ]);
}

/** Whether a person holds a role in some incident that is not closed. */
export async function holdsAnyRole(tx: Tx, person: Person): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from incident_role r join incident i on i.id = r.incident_id
     where i.phase <> 'closed' and (r.person = $1 or r.slack = $2) limit 1`,
    [person.name, person.slack],
  );
  return rows.length > 0;
}
