import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import { type Incident, incidentLabel, isOpen } from '../../domain/incident.ts';
import type { Incidents } from '../../incidents/incidents.ts';
import type { Recovery } from '../../recovery/recovery.ts';

/** `7` or `INC-7`; absent when there is only one to choose from. */
export const IncidentChoice = z
  .union([z.int().positive(), z.string().regex(/^(INC-)?\d{1,15}$/i, 'expected an incident such as INC-7')])
  .transform((choice) => (typeof choice === 'number' ? choice : Number(choice.replace(/^INC-/i, ''))))
  .optional();

/** The incident that was named, else the only one under way. Refuses, naming them, when there are several or none. */
export async function findIncident(incidents: Incidents, chosen: number | undefined): Promise<number> {
  if (chosen !== undefined) return chosen;
  const open = await incidents.open();
  const underWay = open.filter(isOpen);
  const [only, another] = underWay.length > 0 ? underWay : open;
  if (only === undefined)
    throw new Refusal('No incident is open: `muster declare "TITLE" --severity … --service …` opens one.');
  if (another !== undefined)
    throw new Refusal(`Several incidents are open: ${listed(open)}. Add --incident ${only.id}.`, 'incident');
  return only.id;
}

/** The run that was named, else the incident's current one. */
export async function findRun(recovery: Recovery, incidentId: number, chosen: string | undefined): Promise<string> {
  if (chosen !== undefined) return chosen;
  const current = await recovery.currentRun(incidentId);
  if (current === null)
    throw new Refusal(`${incidentLabel(incidentId)} has no run yet: \`muster run NAME\` starts one.`);
  return current.run.id;
}

function listed(open: readonly Incident[]): string {
  return open.map((incident) => `${incidentLabel(incident.id)} ${incident.title}`).join(', ');
}
