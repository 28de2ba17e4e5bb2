import { Refusal } from '../../domain/errors.ts';
import { type Incident, incidentLabel, isOpen } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { lockIncident } from '../../store/incidents.ts';

/** Decisions in one incident are taken one after another. */
export async function lockOpenIncident(tx: Tx, incidentId: number): Promise<Incident> {
  const incident = await lockIncident(tx, incidentId);
  if (!incident) throw new Refusal(`There is no incident INC-${incidentId}. /dr list shows those that are open.`);
  if (!isOpen(incident))
    throw new Refusal(`${incidentLabel(incident)} is ${incident.phase}: nothing more is run in it.`);
  return incident;
}
