import { type Incident, incidentLabel } from '../../domain/incident.ts';

/** How an incident is named inside. */
export function named(incident: Incident): { label: string; title: string } {
  return { label: incidentLabel(incident), title: incident.title };
}
