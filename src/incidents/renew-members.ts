import { type Role, roleNames } from '../domain/home.ts';
import { muster } from '../domain/identity.ts';
import { type Incident, phases } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import { appendAudit } from '../store/audit.ts';
import { listIncidents, lockIncident } from '../store/incidents.ts';
import { endRole, grantRole, groupPrefix, rolesGiven } from '../store/roles.ts';
import { recordGrant } from './assign.ts';
import type { IncidentsDeps } from './deps.ts';
import { type Membership, type NamedMember, readMembership } from './members.ts';

const notClosed = phases.filter((phase) => phase !== 'closed');

/** Roles in whatever is open follow the groups of muster.yml: who joined one has its roles, who left it has not. */
export async function followGroups(deps: IncidentsDeps): Promise<void> {
  const open = await deps.store.tx((tx) => listIncidents(tx, notClosed));
  if (open.length === 0) return;
  const membership = await readMembership(deps.home, deps.groups);
  const errors: unknown[] = [];
  for (const { id } of open) await followGroupsIn(deps, id, membership).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} of ${open.length} could not be followed`);
}

async function followGroupsIn(deps: IncidentsDeps, incidentId: number, membership: Membership): Promise<void> {
  await deps.store.tx(async (tx) => {
    if (isSame(await readChanges(tx, incidentId, membership))) return;
    const incident = await lockIncident(tx, incidentId);
    if (incident && incident.phase !== 'closed') await renewMembers(deps, tx, incident, membership);
  });
}

/** What a group that could not be read has given stays as it is; so does what muster.yml or a commander gave by name. */
export async function renewMembers(
  deps: IncidentsDeps,
  tx: Tx,
  incident: Incident,
  membership: Membership,
): Promise<void> {
  const at = deps.clock.now();
  const { joined, left } = await readChanges(tx, incident.id, membership);
  for (const { role, ...member } of joined) {
    const by = member.through ?? muster.name;
    const granted = await grantRole(tx, { ...member, incidentId: incident.id, role, by, at });
    if (granted) await recordGrant(tx, { incident, role, member, by: muster, at, granted, commands: false });
  }
  for (const gone of left) await end(tx, incident, gone, at);
}

type Held = Awaited<ReturnType<typeof rolesGiven>>[number];

interface Changes {
  joined: (NamedMember & { role: Role })[];
  left: Held[];
}

async function readChanges(tx: Tx, incidentId: number, { members, unread }: Membership): Promise<Changes> {
  const held = await rolesGiven(tx, incidentId);
  const holds = ({ role, person }: { role: Role; person: string }) =>
    held.some((one) => one.role === role && one.person === person);
  const joined = roleNames
    .flatMap((role) => members[role].map((member) => ({ ...member, role })))
    .filter((member) => !holds(member));
  const left = held.filter(
    ({ role, person, by }) =>
      by.startsWith(groupPrefix) &&
      !unread.includes(by.slice(groupPrefix.length)) &&
      !members[role].some((member) => member.person === person),
  );
  return { joined, left };
}

function isSame({ joined, left }: Changes): boolean {
  return joined.length + left.length === 0;
}

async function end(tx: Tx, { id: incidentId }: Incident, { role, person, slack, by }: Held, at: Date): Promise<void> {
  await endRole(tx, { incidentId, role, person });
  const group = by.slice(groupPrefix.length);
  await appendAudit(tx, {
    at,
    who: muster.name,
    door: muster.door,
    what: 'role.ended',
    incidentId,
    runId: null,
    detail: { role, person, slack, group },
  });
  await tx.tell({ kind: 'RoleEnded', incidentId, role, person, group });
}
