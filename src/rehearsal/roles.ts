import { Refusal } from '../domain/errors.ts';
import { may, type Person, type Roles } from '../domain/person.ts';
import { readMembership, rolesIn } from '../incidents/members.ts';
import type { RehearsalDeps } from './deps.ts';

/** Roles by muster.yml: a rehearsal belongs to no incident. Throws `Refusal` where a group would have to say more. */
export async function rolesAtHome({ home, groups }: RehearsalDeps, by: Person): Promise<Roles> {
  const membership = await readMembership(home, groups);
  const roles = rolesIn(membership, by);
  if (may(roles, 'rehearse') || membership.unread.length === 0) return roles;
  throw new Refusal(
    `Slack did not say who is in group ${membership.unread.join(', ')}, and muster.yml does not name you as somebody who ` +
      'may rehearse: somebody it names may, or try again.',
  );
}
