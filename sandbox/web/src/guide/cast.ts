import type { Person } from '../state/slices.ts';

/** Who declares and asks; undefined when every commander is asleep. */
export function commanderOf(people: readonly Person[]): Person | undefined {
  return people.find((one) => one.roles.includes('commanders') && !one.asleep);
}

/** Who may approve what somebody else asked for and is awake. */
export function approverOf(people: readonly Person[], requestedBy: string | undefined): Person | undefined {
  return people.find((one) => one.roles.includes('approvers') && one.name !== requestedBy && !one.asleep);
}
