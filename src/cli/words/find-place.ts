import { z } from 'zod';
import { Mode } from '../../domain/command.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Person } from '../../domain/person.ts';
import type { Incidents } from '../../incidents/incidents.ts';
import type { Recovery } from '../../recovery/recovery.ts';
import { findIncident, IncidentChoice } from './find.ts';

/** What the terminal says of the plan that it wants. */
export const PlanArgs = z.strictObject({
  command: z.string().min(1).max(100),
  inputs: z.record(z.string(), z.string()),
  mode: Mode.optional(),
  incident: IncidentChoice,
  /** `muster drill`: refused of a command that is none. */
  drill: z.boolean().optional(),
  /** Of this one request: sent again, it opens one record. */
  key: z.string().min(8).max(100).optional(),
});

type Asked = Pick<z.infer<typeof PlanArgs>, 'command' | 'inputs' | 'incident' | 'drill' | 'key'> & { mode?: Mode };

/** Where a command is planned: an incident, or for a drill or a routine its own record. */
export async function findPlace(
  { recovery, incidents }: { recovery: Pick<Recovery, 'commands'>; incidents: Incidents },
  { command: name, inputs, mode, incident: chosen, drill, key }: Asked,
  by: Person,
): Promise<number> {
  const command = recovery.commands().find((known) => known.name === name);
  if (drill === true && command?.purpose === 'routine') {
    throw new Refusal(`${name} is a routine, and no drill: \`muster run ${name}\` runs it.`, 'command');
  }
  const recovers = command === undefined || command.purpose === 'recovery';
  if (recovers && drill !== true) return findIncident(incidents, chosen);
  if (key === undefined)
    throw new Refusal('This terminal is of an earlier version: it cannot open a drill.', 'command');
  const ask = { command: name, inputs, requestKey: `terminal:${key}` };
  const record = await incidents.openRecord(
    { ...ask, ...(mode && { mode }), ...(chosen !== undefined && { here: chosen }) },
    by,
  );
  return record.id;
}
