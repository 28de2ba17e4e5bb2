import type { Incident } from '../domain/incident.ts';
import type { Person } from '../domain/person.ts';
import { crashAround } from '../domain/ports/crash.ts';
import type { Tx } from '../domain/ports/store.ts';
import { appendAudit } from '../store/audit.ts';
import { incidentByRequest, insertIncident, nameChannel } from '../store/incidents.ts';
import { channelName } from './channel-name.ts';
import { checkDeclaration } from './check-declaration.ts';
import type { IncidentsDeps } from './deps.ts';
import type { DeclareAsk } from './incidents.ts';
import { type Membership, readMembership, refuseUnlessIn } from './members.ts';
import { againBy, commanderOf, rolesDetail, writeRoles } from './write-record.ts';

/** Opens an incident; the same request sent again finds the incident it has declared. */
export async function declareIncident(deps: IncidentsDeps, asked: DeclareAsk, by: Person): Promise<Incident> {
  const ask = checkDeclaration(deps, asked, deps.clock.now());
  const membership = await readMembership(deps.home, deps.groups);
  refuseUnlessIn(membership, 'declare', by);
  return deps.store.tx(async (tx) => {
    const known = await incidentByRequest(tx, ask.requestKey);
    return known ?? writeIncident(deps, tx, { ask, membership, by });
  });
}

interface Declaration {
  ask: DeclareAsk;
  membership: Membership;
  by: Person;
}

async function writeIncident(deps: IncidentsDeps, tx: Tx, declaration: Declaration): Promise<Incident> {
  const { ask, by } = declaration;
  const now = deps.clock.now();
  const commander = commanderOf(declaration.membership, by);
  const row = await insertIncident(tx, {
    ...ask,
    kind: 'incident',
    scenario: ask.scenario ?? null,
    commander,
    declaredBy: by.name,
    declaredAt: now,
  });
  if (!row) return againBy(tx, ask.requestKey);
  const incident = { ...row, channelName: channelName(`inc-${row.id}`, row.title) };
  await nameChannel(tx, incident.id, incident.channelName);
  await writeRoles(tx, incident.id, declaration, now);
  await appendAudit(tx, {
    at: now,
    who: by.name,
    door: by.door,
    what: 'incident.declared',
    incidentId: incident.id,
    runId: null,
    detail: auditDetail(incident, declaration),
  });
  await tx.tell({ kind: 'IncidentDeclared', incidentId: incident.id });
  const groups = declaration.membership.unread;
  if (groups.length > 0) await tx.tell({ kind: 'GroupsUnread', incidentId: incident.id, groups });
  crashAround(tx, deps.crash, 'incident.declared', String(incident.id));
  return incident;
}

function auditDetail(incident: Incident, { membership }: Declaration) {
  return {
    title: incident.title,
    severity: incident.severity,
    services: incident.services,
    scenario: incident.scenario,
    impactBeganAt: incident.impactBeganAt.toISOString(),
    commander: incident.commander,
    ...rolesDetail(membership),
  };
}
