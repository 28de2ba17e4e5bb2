import type { Command } from '../../domain/command.ts';
import { Refusal } from '../../domain/errors.ts';
import { type Incident, incidentLabel } from '../../domain/incident.ts';

/** What acts on the real thing is no part of a test, and a test is no part of an incident. Throws `Refusal`. */
export function refuseMisplaced({ name, purpose }: Command, incident: Incident): void {
  if (incident.kind === purpose) return;
  if (incident.kind === 'incident' && purpose !== 'drill') return;
  const label = incidentLabel(incident);
  if (purpose === 'recovery') {
    throw new Refusal(
      `${name} acts on the real thing: it runs in an incident, not in ${label}. /dr declare opens one; ` +
        `/dr rehearse ${name} tries it on a simulated cloud.`,
      'command',
    );
  }
  if (purpose === 'drill') {
    throw new Refusal(`${name} is a drill, no part of ${label}: /dr drill ${name} opens its own record.`, 'command');
  }
  throw new Refusal(
    `${name} is a routine, no part of ${label}: it runs in its month's record, or in an incident. Say /dr ${name} elsewhere.`,
    'command',
  );
}

/** Whose Region decides where it acts: the services of an incident; in any other record those that its steps name, else all. */
export function servicesOf(command: Command, { kind, services }: Incident): string[] {
  if (kind === 'incident') return services;
  const named = command.steps.flatMap(({ service }) => service ?? []);
  return named.length > 0 ? [...new Set(named)] : services;
}
