import type { Home } from '../../domain/home.ts';
import type { IncidentView } from '../../domain/views.ts';
import { code, said } from './escape.ts';
import { few } from './people.ts';
import { instant } from './times.ts';

/** Names of one line: `/dr status` has all of them. */
const most = 6;

/** `api and web`; of many the first few, and how many there are besides. */
export function servicesWords(services: readonly string[], none: string): string {
  return services.length === 0 ? none : few(services.map(said), most);
}

/** All of them, where the words above leave some out. */
export function allServices(services: readonly string[]): string[] {
  return services.length > most + 1 ? [`*All ${services.length} services:* ${services.map(said).join(', ')}`] : [];
}

/** Where each service runs now, by Region, and which Region was seen not to answer. */
export function activeWords({
  active,
  silent,
  timezone,
  now,
}: Pick<IncidentView, 'active' | 'silent' | 'timezone' | 'now'>): string {
  if (active.length === 0) return 'no Region is recorded';
  const regions = [...new Set(active.map((each) => each.region))];
  return regions
    .map((region) => {
      const services = active.filter((each) => each.region === region).map((each) => each.service);
      const dark = silent.find((each) => each.region === region);
      const state = dark === undefined ? '' : `, *which did not answer at ${instant(dark.at, timezone, now)}*`;
      return `${code(region)} (${servicesWords(services, '')})${state}`;
    })
    .join(' · ');
}

/** What people call a component of the status page: its service, else its id. */
export function serviceOf(home: Home, component: string): string {
  const services = Object.entries(home.system.services);
  return services.find(([, service]) => service.component === component)?.[0] ?? component;
}
