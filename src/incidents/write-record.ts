import { Refusal } from '../domain/errors.ts';
import { roleNames } from '../domain/home.ts';
import type { Incident, RecordKind } from '../domain/incident.ts';
import type { Person } from '../domain/person.ts';
import { crashAround } from '../domain/ports/crash.ts';
import type { Tx } from '../domain/ports/store.ts';
import { appendAudit } from '../store/audit.ts';
import { incidentByRequest, insertIncident, nameChannel } from '../store/incidents.ts';
import { grantRole } from '../store/roles.ts';
import type { IncidentsDeps } from './deps.ts';
import { type Membership, rolesIn } from './members.ts';

/** A record that is no incident's, before it has a number. */
export interface NewRecord {
  kind: Exclude<RecordKind, 'incident'>;
  title: string;
  requestKey: string;
  channel(id: number): string;
}

interface Opening {
  record: NewRecord;
  membership: Membership;
  by: Person;
}

/** Of all services, in force from now, with nobody called and nothing owed to anybody. */
export async function writeRecord(deps: IncidentsDeps, tx: Tx, opening: Opening): Promise<Incident> {
  const { record, membership, by } = opening;
  const { kind, title, requestKey } = record;
  const now = deps.clock.now();
  const row = await insertIncident(tx, {
    ...{ kind, title, requestKey, severity: '', scenario: null },
    services: Object.keys(deps.home.system.services),
    commander: commanderOf(membership, by),
    declaredBy: by.name,
    impactBeganAt: now,
    declaredAt: now,
  });
  if (!row) return againBy(tx, requestKey);
  const incident = { ...row, channelName: record.channel(row.id) };
  await nameChannel(tx, incident.id, incident.channelName);
  await writeRoles(tx, incident.id, { membership, by }, now);
  await appendAudit(tx, {
    at: now,
    who: by.name,
    door: by.door,
    what: `${kind}.opened`,
    incidentId: incident.id,
    runId: null,
    detail: { title, commander: incident.commander, ...rolesDetail(membership) },
  });
  await tx.tell({ kind: 'IncidentDeclared', incidentId: incident.id });
  const groups = membership.unread;
  if (groups.length > 0) await tx.tell({ kind: 'GroupsUnread', incidentId: incident.id, groups });
  crashAround(tx, deps.crash, 'incident.declared', String(incident.id));
  return incident;
}

/** Two submissions of one form met: the other one has won, and has committed. */
export async function againBy(tx: Tx, requestKey: string): Promise<Incident> {
  const known = await incidentByRequest(tx, requestKey);
  if (!known) throw new Refusal('This form is being taken already: look again in a moment with /dr list.');
  return known;
}

/** Whoever opens it where they command, else the first commander; without any, the opener, who holds no more than before. */
export function commanderOf(membership: Membership, by: Person): string {
  if (rolesIn(membership, by).has('commanders')) return by.name;
  return membership.members.commanders[0]?.person ?? by.name;
}

export async function writeRoles(
  tx: Tx,
  incidentId: number,
  { membership, by }: { membership: Membership; by: Person },
  at: Date,
): Promise<void> {
  for (const role of roleNames) {
    for (const member of membership.members[role]) {
      await grantRole(tx, { ...member, incidentId, role, by: member.through ?? by.name, at });
    }
  }
}

/** For the audit: who held which role, and which groups did not answer. */
export function rolesDetail(membership: Membership) {
  return {
    roles: Object.fromEntries(
      roleNames.map((role) => [role, membership.members[role].map((member) => member.person)] as const),
    ),
    unreadGroups: membership.unread,
  };
}
