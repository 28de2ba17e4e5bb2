import { type Home, type Role, roleNames } from '../domain/home.ts';
import { personBySlack, slackOf } from '../domain/identity.ts';
import type { Person, Roles } from '../domain/person.ts';
import type { Member } from '../store/roles.ts';

/** Who holds which role by muster.yml now, groups read. */
export interface Membership {
  members: Record<Role, Member[]>;
  /** Ids of groups that could not be read. */
  unread: string[];
}

const groupPrefix = 'group:';

/** Reads every group once; one that cannot be read adds nobody, and is named. */
export async function readMembership(home: Home, groups: (groupId: string) => Promise<string[]>): Promise<Membership> {
  const ids = [...new Set(roleNames.flatMap((role) => groupIdsOf(home.roles[role])))];
  const answers = await Promise.allSettled(ids.map((id) => groups(id)));
  const known = new Map(ids.map((id, index) => [id, answers[index]] as const));
  const read = (id: string): string[] => {
    const answer = known.get(id);
    return answer?.status === 'fulfilled' ? answer.value : [];
  };
  const members = (role: Role) => expand(home, home.roles[role], read);
  return {
    members: {
      responders: members('responders'),
      commanders: members('commanders'),
      approvers: members('approvers'),
      publishers: members('publishers'),
    },
    unread: ids.filter((id) => known.get(id)?.status === 'rejected'),
  };
}

export function rolesIn(membership: Membership, person: Person): Roles {
  const holds = (member: Member) =>
    member.person === person.name || (person.slack !== null && member.slack === person.slack);
  return new Set(roleNames.filter((role) => membership.members[role].some(holds)));
}

/** Whether muster.yml names this person in some role, without asking anybody. */
export function isNamed(home: Home, person: Person): boolean {
  return roleNames.some((role) => home.roles[role].includes(person.name));
}

function groupIdsOf(entries: readonly string[]): string[] {
  return entries.filter((entry) => entry.startsWith(groupPrefix)).map((entry) => entry.slice(groupPrefix.length));
}

function expand(home: Home, entries: readonly string[], read: (id: string) => string[]): Member[] {
  const all = entries.flatMap((entry) =>
    entry.startsWith(groupPrefix)
      ? read(entry.slice(groupPrefix.length)).map((slack) => ({ person: personBySlack(home, slack).name, slack }))
      : [{ person: entry, slack: slackOf(home, entry) }],
  );
  return [...new Map(all.map((member) => [member.person, member])).values()];
}
