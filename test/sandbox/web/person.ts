import type { Person } from '../../../sandbox/web/src/state/slices.ts';

/** Somebody on the page, awake unless said otherwise: `ida` is Ida, U0IDA. */
export function person(name: string, roles: Person['roles'], asleep = false): Person {
  const real_name = name.charAt(0).toUpperCase() + name.slice(1);
  return { id: `U0${name.toUpperCase()}`, name, real_name, is_bot: false, asleep, roles };
}
