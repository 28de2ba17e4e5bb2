import type { Role } from '../../src/domain/home.ts';
import { rolesOf } from '../api/slices.ts';
import type { RecoveryNews } from '../recovery-news.ts';
import type { User } from '../slack/workspace.ts';
import type { Stage } from './stage.ts';

type Asked = Pick<RecoveryNews['consents'][number], 'requestedBy' | 'approvals'>;

/** Who holds a role and is awake, in the order of muster.yml. */
export function awakeIn(stage: Stage, role: Role): User[] {
  const { slack } = stage.farEnds;
  const people = [...slack.workspace.users.values()].filter((user) => !user.is_bot && !user.asleep);
  return people.filter((user) => rolesOf(slack, stage.home, user).includes(role));
}

/** Who declares and asks. Throws when every commander is asleep. */
export function commanderOf(stage: Stage): User {
  const [commander] = awakeIn(stage, 'commanders');
  if (!commander) throw new Error('Every commander is asleep: wake one to go on.');
  return commander;
}

/** Whoever may approve what somebody else asked for, and has not done so yet. Throws when nobody awake may. */
export function approverOf(stage: Stage, { requestedBy, approvals }: Asked): User {
  const had = [requestedBy, ...approvals.map(({ by }) => by)];
  const [approver] = awakeIn(stage, 'approvers').filter((user) => !had.includes(user.name));
  if (!approver) throw new Error(`Nobody awake may approve what ${requestedBy} asks for: wake an approver to go on.`);
  return approver;
}
