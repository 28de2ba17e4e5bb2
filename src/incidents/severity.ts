import { Refusal } from '../domain/errors.ts';
import { incidentLabel, isIncident, isOpen } from '../domain/incident.ts';
import { type Person, refuseUnless } from '../domain/person.ts';
import { appendAudit } from '../store/audit.ts';
import { setSeverity } from '../store/incidents.ts';
import { rolesOf } from '../store/roles.ts';
import { checkKnown } from './check-declaration.ts';
import type { IncidentsDeps } from './deps.ts';
import { holdIncident } from './find.ts';

/** Changes how severe an incident is: what it is owed, and how often people are told, follows from it. */
export async function changeSeverity(
  deps: IncidentsDeps,
  ask: { incidentId: number; severity: string },
  by: Person,
): Promise<string> {
  const to = checkKnown('severity', ask.severity, Object.keys(deps.home.severities));
  return deps.store.tx(async (tx) => {
    const incident = await holdIncident(tx, ask.incidentId);
    const label = incidentLabel(incident);
    refuseUnless(await rolesOf(tx, incident.id, by), 'severity');
    if (!isIncident(incident)) throw new Refusal(`${label} is no incident, and has no severity.`);
    if (!isOpen(incident)) throw new Refusal(`${label} is ${incident.phase}: its severity stays ${incident.severity}.`);
    const from = incident.severity;
    if (from === to) return `${label} is ${to} already.`;
    await setSeverity(tx, incident.id, to);
    await appendAudit(tx, {
      at: deps.clock.now(),
      who: by.name,
      door: by.door,
      what: 'severity.changed',
      incidentId: incident.id,
      runId: null,
      detail: { from, to },
    });
    await tx.tell({ kind: 'SeverityChanged', incidentId: incident.id, from, to, by: by.name });
    await tx.tell({ kind: 'IncidentChanged', incidentId: incident.id });
    return `${label} is ${to} now; it was ${from}.`;
  });
}
