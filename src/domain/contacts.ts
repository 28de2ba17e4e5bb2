import type { Contact, Home } from './home.ts';
import type { Incident } from './incident.ts';
import { foldScenario } from './scenario.ts';

export interface NamedContact extends Contact {
  name: string;
}

/** All of them, in the order of muster.yml. */
export function contactsOf(home: Home): NamedContact[] {
  return Object.entries(home.contacts).map(([name, contact]) => ({ name, ...contact }));
}

/** People who can be called, with their number, in the order of muster.yml. */
export function peopleToCall(home: Home): { name: string; phone: string }[] {
  return Object.entries(home.people).flatMap(([name, { phone }]) => (phone === undefined ? [] : [{ name, phone }]));
}

/** Those for one of an incident's services or for its scenario. */
export function contactsFor(
  home: Home,
  { services, scenario }: Pick<Incident, 'services' | 'scenario'>,
): NamedContact[] {
  const occasions = [...services, ...(scenario === null ? [] : [scenario])];
  return contactsOf(home).filter((contact) => contact.for.some((one) => occasions.some((each) => isMeant(each, one))));
}

/** A service by its name, a scenario however somebody has once written it. */
export function isMeant(there: string, written: string): boolean {
  return there === written || foldScenario(there) === foldScenario(written);
}
