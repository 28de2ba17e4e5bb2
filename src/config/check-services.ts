import { priorities } from '../domain/home.ts';
import { suggestion } from '../domain/nearest.ts';
import type { Check } from './check.ts';

/** Where there are tiers, each service is of one: it would else have the system's objectives, and nobody would notice. */
export const untieredServices: Check = ({ system: { services, tiers } }, places) => {
  const known = priorities.filter((name) => tiers[name] !== undefined);
  if (known.length === 0) return [];
  return Object.entries(services).flatMap(([service, { priority }]) => {
    if (known.includes(priority)) return [];
    const path = ['system', 'services', service, 'priority'];
    const message = `${service} is of priority ${priority}, and tiers has none of that name: ${suggestion(priority, known)}`;
    return [places.fault(path, message)];
  });
};
