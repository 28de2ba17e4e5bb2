import { Refusal } from '../../domain/errors.ts';
import { type Incident, incidentLabel } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';

/** By `read`, which may hold it; refuses a number that nobody has declared. */
export async function findIncident(
  tx: Tx,
  incidentId: number,
  read: (tx: Tx, id: number) => Promise<Incident | null>,
): Promise<Incident> {
  const incident = await read(tx, incidentId);
  if (incident) return incident;
  throw new Refusal(`There is no incident ${incidentLabel(incidentId)}. /dr list shows those that are open.`);
}
