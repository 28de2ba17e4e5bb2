import { Refusal } from '../domain/errors.ts';
import type { Incident } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import { lockIncident, readIncident } from '../store/incidents.ts';

export async function findIncident(tx: Tx, id: number): Promise<Incident> {
  return (await readIncident(tx, id)) ?? refuseMissing(id);
}

/** Held until the transaction ends. */
export async function holdIncident(tx: Tx, id: number): Promise<Incident> {
  return (await lockIncident(tx, id)) ?? refuseMissing(id);
}

function refuseMissing(id: number): never {
  throw new Refusal(`There is no incident INC-${id}. /dr list shows those that are open.`);
}
