import { durationMs } from '../../domain/duration.ts';
import type { Home } from '../../domain/home.ts';

/** The RTO in milliseconds that an incident's clock runs against: the shortest of its services', else the system's. */
export function rtoOf(home: Home, services: readonly string[]): number | null {
  const named = services.map((service) => home.system.services[service]?.rto ?? home.system.objectives.rto);
  const known = (named.length > 0 ? named : [home.system.objectives.rto]).filter((rto) => rto !== undefined);
  return known.length === 0 ? null : Math.min(...known.map(durationMs));
}
