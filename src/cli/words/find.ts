import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import { type Incident, incidentLabel, isOpen, mostReal } from '../../domain/incident.ts';
import type { Incidents } from '../../incidents/incidents.ts';
import type { Recovery } from '../../recovery/recovery.ts';

/** `7`, `INC-7` or `DRILL-7`; absent when there is only one to choose from. */
export const IncidentChoice = z
  .union([
    z.int().positive(),
    z.string().regex(/^((INC|DRILL|ROUTINE)-)?\d{1,15}$/i, 'expected an incident such as INC-7'),
  ])
  .transform((choice) => (typeof choice === 'number' ? choice : Number(choice.replace(/^[A-Z]+-/i, ''))))
  .optional();

/** The incident that was named, else the only one under way. Refuses, naming them, when there are several or none. */
export async function findIncident(incidents: Incidents, chosen: number | undefined): Promise<number> {
  if (chosen !== undefined) return chosen;
  const open = await incidents.open();
  const [only, another] = firstOf(open);
  if (only === undefined)
    throw new Refusal('No incident is open: `muster declare "TITLE" --severity … --service …` opens one.');
  if (another !== undefined)
    throw new Refusal(`Several incidents are open: ${listed(firstOf(open))}. Add --incident ${only.id}.`, 'incident');
  return only.id;
}

function firstOf(open: readonly Incident[]): readonly Incident[] {
  const those = mostReal(open);
  const underWay = those.filter(isOpen);
  return underWay.length > 0 ? underWay : those;
}

/** The run that was named, else the incident's current one. */
export async function findRun(recovery: Recovery, incidentId: number, chosen: string | undefined): Promise<string> {
  if (chosen !== undefined) return chosen;
  const current = await recovery.currentRun(incidentId);
  if (current === null) throw new Refusal('Nothing has been run there yet: `muster run NAME` starts one.');
  return current.run.id;
}

function listed(open: readonly Incident[]): string {
  return open.map((incident) => `${incidentLabel(incident)} ${incident.title}`).join(', ');
}
