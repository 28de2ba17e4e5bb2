import { type Duration, durationMs } from './duration.ts';
import type { Home, Objectives, Service } from './home.ts';

export interface Objective {
  rto: Duration | null;
  rpo: Duration | null;
}

/** The same in milliseconds. */
export interface ObjectiveMs {
  rtoMs: number | null;
  rpoMs: number | null;
}

/** With whose they are, as people are told. */
export interface WhoseObjectives extends ObjectiveMs {
  rtoOf: string | null;
  rpoOf: string | null;
}

/**
 * The nearest objective: `own` is a command's, which comes first; then the strictest of these services', each its own or
 * else that of its tier; else the system's.
 */
export function objectiveFor(home: Home, services: readonly string[], own: Objectives = {}): Objective {
  return { rto: nearest('rto', home, services, own), rpo: nearest('rpo', home, services, own) };
}

/** Whose objective that is, as people are told: `failover`, `api`, `tier P0 Critical`, `the system`; null without one. */
export function whoseObjective(
  name: 'rto' | 'rpo',
  home: Home,
  services: readonly string[],
  command: { name: string; objectives: Objectives } | null = null,
): string | null {
  if (command?.objectives[name] !== undefined) return command.name;
  const wanted = objectiveFor(home, services)[name];
  if (wanted === null) return null;
  const known = services.filter((one) => Object.hasOwn(home.system.services, one));
  const own = known.find((one) => home.system.services[one]?.[name] === wanted);
  if (own !== undefined) return own;
  const tiers = known.flatMap((one) => home.system.services[one]?.priority ?? []);
  const tier = tiers.find((one) => home.system.tiers[one]?.[name] === wanted);
  return tier === undefined ? 'the system' : `tier ${home.system.tiers[tier]?.title ?? tier}`;
}

/** What these services are owed, and whose each objective is; with a command, what it sets itself comes first. */
export function objectivesOf(
  home: Home,
  services: readonly string[],
  command: { name: string; objectives: Objectives } | null = null,
): WhoseObjectives {
  return {
    ...inMs(objectiveFor(home, services, command?.objectives)),
    rtoOf: whoseObjective('rto', home, services, command),
    rpoOf: whoseObjective('rpo', home, services, command),
  };
}

export function inMs({ rto, rpo }: Objective): ObjectiveMs {
  return { rtoMs: rto === null ? null : durationMs(rto), rpoMs: rpo === null ? null : durationMs(rpo) };
}

/** What is written for a service, or for its tier. */
export function withTier(home: Home, service: Service): Service {
  const tier = home.system.tiers[service.priority];
  const rto = service.rto ?? tier?.rto;
  const rpo = service.rpo ?? tier?.rpo;
  return { ...service, ...(rto !== undefined && { rto }), ...(rpo !== undefined && { rpo }) };
}

function nearest(name: 'rto' | 'rpo', home: Home, services: readonly string[], own: Objectives): Duration | null {
  const theirs = services.flatMap((one) => {
    const service = Object.hasOwn(home.system.services, one) ? home.system.services[one] : undefined;
    return service === undefined ? [] : (withTier(home, service)[name] ?? []);
  });
  const [strictest] = theirs.toSorted((a, b) => durationMs(a) - durationMs(b));
  return own[name] ?? strictest ?? home.system.objectives[name] ?? null;
}
