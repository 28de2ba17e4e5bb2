import type { State, Zone } from '../state.ts';

/** `api.example.com` from `API.example.com.`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

export function dottedName(name: string): string {
  return `${plainName(name)}.`;
}

/** Labels from the right: how Route 53 orders record sets. */
export function sortName(name: string): string {
  return plainName(name).split('.').reverse().join('.');
}

export function zoneFor(state: State, name: string): Zone | undefined {
  const plain = plainName(name);
  return state.zones
    .filter((zone) => plain === plainName(zone.name) || plain.endsWith(`.${plainName(zone.name)}`))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

export function isWithin(zone: Zone, name: string): boolean {
  const root = plainName(zone.name);
  return plainName(name) === root || plainName(name).endsWith(`.${root}`);
}
