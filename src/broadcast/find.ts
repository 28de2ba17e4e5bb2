import { Refusal } from '../domain/errors.ts';
import { type Incident, incidentLabel, isIncident } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import { lockIncident, readIncident } from '../store/incidents.ts';

/** An incident of which people are told. Throws `Refusal` where there is none, or it is a drill's or a month's record. */
export async function findIncident(tx: Tx, id: number): Promise<Incident> {
  return refuseUntold((await readIncident(tx, id)) ?? refuseMissing(id));
}

/** The same, held until the transaction ends. */
export async function holdIncident(tx: Tx, id: number): Promise<Incident> {
  return refuseUntold((await lockIncident(tx, id)) ?? refuseMissing(id));
}

/** Held until the transaction ends; refused once it is closed. */
export async function holdUnclosed(tx: Tx, id: number): Promise<Incident> {
  const incident = await holdIncident(tx, id);
  if (incident.phase !== 'closed') return incident;
  throw new Refusal(`${incidentLabel(incident)} is closed: nobody is told about it any more.`);
}

function refuseUntold(incident: Incident): Incident {
  if (isIncident(incident)) return incident;
  const what = incident.kind === 'drill' ? 'a drill' : 'a record of routines';
  throw new Refusal(
    `${incidentLabel(incident)} is ${what}, no incident: nobody outside its channel is told of it, and nobody is called.`,
  );
}

function refuseMissing(id: number): never {
  throw new Refusal(`There is no incident INC-${id}. /dr list shows those that are open.`);
}
