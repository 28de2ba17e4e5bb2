import { type Duration, durationMs } from '../domain/duration.ts';
import type { Home } from '../domain/home.ts';

/** The objectives of an incident that no command has measured: the strictest of its services', else the system's. */
export function incidentObjectives(
  home: Home,
  services: readonly string[],
): { rtoMs: number | null; rpoMs: number | null } {
  const { objectives, services: known } = home.system;
  const nearest = (name: 'rto' | 'rpo'): number | null => {
    const own = services.flatMap((service): Duration[] => {
      const objective = known[service]?.[name];
      return objective === undefined ? [] : [objective];
    });
    if (own.length > 0) return Math.min(...own.map(durationMs));
    const system = objectives[name];
    return system === undefined ? null : durationMs(system);
  };
  return { rtoMs: nearest('rto'), rpoMs: nearest('rpo') };
}
