import type { RegionRoles } from '../../domain/action.ts';
import type { Command, Mode } from '../../domain/command.ts';
import type { Home } from '../../domain/home.ts';
import type { Incident } from '../../domain/incident.ts';
import type { JsonObject } from '../../domain/json.ts';

/** Everything that an expression of a command may read, but for the outputs of steps. */
export function scopeOf(parts: {
  home: Home;
  command: Command;
  incident: Incident;
  regions: RegionRoles;
  mode: Mode;
  inputs: JsonObject;
  objectives: { rto: string | null; rpo: string | null };
}): JsonObject {
  const { home, incident } = parts;
  return {
    system: plain(home.system),
    regions: { ...parts.regions },
    accounts: plain(home.accounts),
    resources: plain(home.resources),
    objectives: parts.objectives,
    services: plain(home.system.services),
    inputs: parts.inputs,
    incident: {
      id: incident.id,
      title: incident.title,
      severity: incident.severity,
      impact_began_at: incident.impactBeganAt.toISOString(),
    },
    run: { mode: parts.mode, drill: incident.kind === 'drill' },
  };
}

/** Optional fields that are absent stay absent. */
function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
