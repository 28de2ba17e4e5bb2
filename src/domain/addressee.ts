import { roleNames } from './home.ts';

/** Whether what is for this person or role is for somebody of this name who holds these roles. */
export function isFor(addressee: string, name: string, roles: ReadonlySet<string>): boolean {
  return addressee === name || (roleNames.some((role) => role === addressee) && roles.has(addressee));
}
