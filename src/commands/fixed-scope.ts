import type { Home } from '../domain/home.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { withTier } from '../domain/objectives.ts';

/** The part of what expressions read that muster.yml alone decides. */
export function fixedScope(home: Home): {
  system: JsonObject;
  accounts: JsonObject;
  resources: JsonObject;
  services: JsonObject;
} {
  const { name, title, services } = home.system;
  return {
    system: { name, title },
    accounts: presentAll(home.accounts),
    resources: home.resources,
    services: presentAll(
      Object.fromEntries(Object.entries(services).map(([service, of]) => [service, withTier(home, of)])),
    ),
  };
}

/** A record without its undefined fields. */
export function present(record: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function presentAll(records: Record<string, Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(records).map(([name, record]) => [name, present(record)]));
}
