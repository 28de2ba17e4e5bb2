import type { Role } from '../../../../../src/domain/home.ts';
import type { Person } from '../../state/slices.ts';

const singular: Record<Role, string> = {
  responders: 'responder',
  commanders: 'commander',
  approvers: 'approver',
  publishers: 'publisher',
};
/** What somebody is above all is said first. */
const order: readonly Role[] = ['commanders', 'approvers', 'publishers', 'responders'];

/** `commander, approver`, `no role`. */
export function rolesOf(person: Person): string {
  const held = order.filter((role) => person.roles.includes(role)).map((role) => singular[role]);
  return held.join(', ') || 'no role';
}
