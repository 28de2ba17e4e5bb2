import type { RegionRoles } from '../domain/action.ts';
import type { Command, Mode } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { objectiveOf } from './defaults.ts';

export interface ScopeFacts {
  regions: RegionRoles;
  services: readonly string[];
  inputs: JsonObject;
  incident: { id: number; title: string; severity: string; impactBeganAt: Date };
  run: { id: string; mode: Mode; drill: boolean };
}

/** Everything an expression may read, but for the outputs of steps. */
export function scopeOf(command: Command, home: Home, facts: ScopeFacts): JsonObject {
  const { incident, run, regions } = facts;
  const objectives = objectiveOf(command, home, facts.services);
  return {
    ...fixedScope(home),
    regions: { ...regions },
    objectives: present({ rto: objectives.rto ?? undefined, rpo: objectives.rpo ?? undefined }),
    inputs: facts.inputs,
    incident: { id: incident.id, title: incident.title, severity: incident.severity, impact_began_at: incident.impactBeganAt.toISOString() },
    run: { id: run.id, mode: run.mode, drill: run.drill },
  };
}

/** The part of the scope that muster.yml alone decides. */
export function fixedScope(home: Home): { system: JsonObject; accounts: JsonObject; resources: JsonObject; services: JsonObject } {
  const { name, title, services } = home.system;
  return {
    system: { name, title },
    accounts: presentAll(home.accounts),
    resources: home.resources,
    services: presentAll(services),
  };
}

function presentAll(records: Record<string, Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(records).map(([name, record]) => [name, present(record)]));
}

/** A record without its undefined fields. */
export function present(record: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
