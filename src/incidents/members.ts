import { Refusal } from '../domain/errors.ts';
import { type Home, type Role, roleNames } from '../domain/home.ts';
import { personBySlack, slackOf } from '../domain/identity.ts';
import { may, type Person, type Roles, refuseUnless, type Word, whoMay } from '../domain/person.ts';
import { groupPrefix, type Member } from '../store/roles.ts';

/** `through` is `group:` and the id of the Slack group by which they hold it; null of whom muster.yml names. */
export interface NamedMember extends Member {
  through: string | null;
}

/** Who holds which role by muster.yml now, groups read. */
export interface Membership {
  members: Record<Role, NamedMember[]>;
  /** Ids of groups that could not be read. */
  unread: string[];
}

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

/** Throws the sentence that says who may, and that it is not known of this person where a group was not read. */
export function refuseUnlessIn(membership: Membership, word: Word, by: Person): void {
  const roles = rolesIn(membership, by);
  if (!may(roles, word) && membership.unread.length > 0) {
    throw new Refusal(
      `Slack did not say who is in group ${membership.unread.join(', ')}, and muster.yml does not name you as ` +
        `${whoMay(word)}: somebody it names may, or try again.`,
    );
  }
  refuseUnless(roles, word);
}

/** Whether muster.yml names this person in some role, without asking anybody. */
export function isNamed(home: Home, person: Person): boolean {
  return roleNames.some((role) => home.roles[role].includes(person.name));
}

function groupIdsOf(entries: readonly string[]): string[] {
  return entries.filter((entry) => entry.startsWith(groupPrefix)).map((entry) => entry.slice(groupPrefix.length));
}

/** Each once, and whoever is named by their name. */
function expand(home: Home, entries: readonly string[], read: (id: string) => string[]): NamedMember[] {
  const named = entries.filter((entry) => !entry.startsWith(groupPrefix));
  const grouped = groupIdsOf(entries).flatMap((id) => read(id).map((slack) => ({ slack, through: groupPrefix + id })));
  const all = [
    ...named.map((person) => ({ person, slack: slackOf(home, person), through: null })),
    ...grouped.map((member) => ({ ...member, person: personBySlack(home, member.slack).name })),
  ];
  return all.filter(({ person }, at) => all.findIndex((one) => one.person === person) === at);
}
