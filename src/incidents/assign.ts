import { Refusal } from '../domain/errors.ts';
import { type Home, type Role, roleNames } from '../domain/home.ts';
import { personBySlack, slackOf } from '../domain/identity.ts';
import { type Incident, incidentLabel } from '../domain/incident.ts';
import { advice } from '../domain/nearest.ts';
import { type Person, refuseUnless } from '../domain/person.ts';
import type { Tx } from '../domain/ports/store.ts';
import { appendAudit } from '../store/audit.ts';
import { setCommander } from '../store/incidents.ts';
import { grantRole, type Member, rolesOf } from '../store/roles.ts';
import type { IncidentsDeps } from './deps.ts';
import { holdIncident } from './find.ts';

export interface AssignAsk {
  incidentId: number;
  role: Role;
  /** A name in muster.yml, a Slack member id, or a mention of one. */
  person: string;
}

/** Grants a role in one incident; who is made commander commands from now on. */
export async function assignRole(deps: IncidentsDeps, ask: AssignAsk, by: Person): Promise<string> {
  const role = checkRole(ask.role);
  const member = findMember(deps.home, ask.person);
  return deps.store.tx(async (tx) => {
    const incident = await holdIncident(tx, ask.incidentId);
    refuseUnless(await rolesOf(tx, incident.id, by), 'assign');
    refuseClosed(incident);
    const at = deps.clock.now();
    const granted = await grantRole(tx, { ...member, incidentId: incident.id, role, by: by.name, at });
    const commands = role === 'commanders' && incident.commander !== member.person;
    if (!granted && !commands) return `${member.person} is one of the ${role} of ${incidentLabel(incident)} already.`;
    if (commands) await setCommander(tx, incident.id, member.person);
    await recordGrant(tx, { incident, role, member, by, at, granted, commands });
    return commands
      ? `${member.person} commands ${incidentLabel(incident)} now.`
      : `${member.person} is one of the ${role} of ${incidentLabel(incident)} now.`;
  });
}

/** For the audit and for people. */
export async function recordGrant(
  tx: Tx,
  grant: { incident: Incident; role: Role; member: Member; by: Person; at: Date; granted: boolean; commands: boolean },
): Promise<void> {
  const { incident, role, member, by, at, granted, commands } = grant;
  await appendAudit(tx, {
    at,
    who: by.name,
    door: by.door,
    what: 'role.granted',
    incidentId: incident.id,
    runId: null,
    detail: { role, person: member.person, slack: member.slack, ...(commands && { commands: true }) },
  });
  const { id, commander } = incident;
  if (granted) await tx.tell({ kind: 'RoleGranted', incidentId: id, role, person: member.person, by: by.name });
  if (commands) {
    await tx.tell({ kind: 'CommandHandedOver', incidentId: id, from: commander, to: member.person, by: by.name });
  }
  await tx.tell({ kind: 'IncidentChanged', incidentId: id });
}

function checkRole(role: string): Role {
  const known = roleNames.find((one) => one === role || one === `${role}s`);
  if (known) return known;
  throw new Refusal(`There is no role ${role}: ${advice(role, roleNames)}`, 'role');
}

function findMember(home: Home, typed: string): Member {
  const word = typed.trim();
  const slack = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1] ?? /^[UW][A-Z0-9]{2,}$/.exec(word)?.[0];
  if (slack) return { person: personBySlack(home, slack).name, slack };
  const name = word.replace(/^@/, '');
  if (Object.hasOwn(home.people, name)) return { person: name, slack: slackOf(home, name) };
  throw new Refusal(`muster.yml knows nobody called ${name}: ${advice(name, Object.keys(home.people))}`, 'person');
}

function refuseClosed(incident: Incident): void {
  if (incident.phase === 'closed')
    throw new Refusal(`${incidentLabel(incident)} is closed: nobody is assigned any more.`);
}
