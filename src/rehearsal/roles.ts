import { Refusal } from '../domain/errors.ts';
import { may, type Person, whoMay } from '../domain/person.ts';
import { readMembership, rolesIn } from '../incidents/members.ts';
import type { RehearsalDeps } from './deps.ts';

/** By the roles of muster.yml alone: a rehearsal belongs to no incident in which others could be granted. */
export async function refuseOutsider({ home, groups }: RehearsalDeps, by: Person): Promise<void> {
  const membership = await readMembership(home, groups);
  if (may(rolesIn(membership, by), 'rehearse')) return;
  const unread =
    membership.unread.length > 0 ? ` Slack did not say who is in group ${membership.unread.join(', ')}.` : '';
  throw new Refusal(`Only ${whoMay('rehearse')} of muster.yml may rehearse, and it does not name you as one.${unread}`);
}
