import type { Role } from '../../src/domain/home.ts';
import { rolesOf } from '../api/slices.ts';
import type { User } from '../slack/workspace.ts';
import type { Stage } from './stage.ts';

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

/** Whoever may approve what somebody else asked for. Throws when nobody awake may. */
export function approverOf(stage: Stage, requestedBy: string): User {
  const [approver] = awakeIn(stage, 'approvers').filter((user) => user.name !== requestedBy);
  if (!approver) throw new Error(`Nobody awake may approve what ${requestedBy} asks for: wake an approver to go on.`);
  return approver;
}
