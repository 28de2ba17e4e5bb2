import { Refusal } from '../domain/errors.ts';
import { may, type Person } from '../domain/person.ts';
import { holdsAnyRole } from '../store/roles.ts';
import type { IncidentsDeps } from './deps.ts';
import { isNamed, readMembership, rolesIn } from './members.ts';

/** Refuses a person who holds no role at all. Groups are asked last: they may not answer. */
export async function mayLook(deps: IncidentsDeps, by: Person): Promise<void> {
  if (isNamed(deps.home, by)) return;
  if (await deps.store.tx((tx) => holdsAnyRole(tx, by))) return;
  const membership = await readMembership(deps.home, deps.groups);
  if (may(rolesIn(membership, by), 'look')) return;
  const unread =
    membership.unread.length > 0 ? ` Slack did not say who is in group ${membership.unread.join(', ')}.` : '';
  throw new Refusal(
    `Only people with a role in muster.yml may look; ${by.name} holds none.${unread} A commander may assign you one.`,
  );
}
