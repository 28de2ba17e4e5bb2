import type { Home, Role } from '../domain/home.ts';
import type { Person } from '../domain/person.ts';
import { list } from '../reports/post-mortem/say.ts';

/** Who asks and who approves inside a rehearsal: nobody of muster.yml, so that no real person's word is made up. */
export const standInCommander: Person = { name: 'stand-in-commander', slack: null, door: 'muster' };
const mostApprovers = 5;

export function standInApprover(number: number): Person {
  return { name: `stand-in-approver-${number}`, slack: null, door: 'muster' };
}

/** The home as a rehearsal has it: stand-ins instead of people, and no way to anybody outside. */
export function withStandIns({ statuspage: _page, email: _mail, pager: _pager, ...home }: Home): Home {
  const approvers = Array.from({ length: mostApprovers }, (_, at) => standInApprover(at + 1).name);
  const names = [standInCommander.name, ...approvers];
  return {
    ...home,
    people: Object.fromEntries(names.map((name) => [name, {}])),
    roles: { responders: [standInCommander.name], commanders: [standInCommander.name], approvers, publishers: [] },
  };
}

/** Who would be asked in earnest, as a sentence. */
export function sayApprovers(home: Home, needed: number): string {
  const { commanders, approvers } = home.roles;
  if (needed === 0) return `${sayMembers(home, 'commanders')} may ask for it, and nobody else has to approve.`;
  const people = needed === 1 ? 'one other person has' : `${needed} other people have`;
  const asked = `${sayMembers(home, 'commanders')} may ask for it, and ${people} to approve. Asked would be: ${sayMembers(home, 'approvers')}.`;
  if (approvers.some((member) => member.startsWith('group:'))) return asked;
  const alone = commanders.filter((name) => approvers.filter((other) => other !== name).length < needed);
  if (alone.length === 0) return asked;
  return `${asked} What ${list(alone)} asks for nobody could approve: nobody approves for themselves.`;
}

function sayMembers({ roles }: Home, role: Role): string {
  const members = roles[role].map((member) =>
    member.startsWith('group:') ? `the members of Slack group ${member.slice('group:'.length)}` : member,
  );
  return members.length > 0 ? list(members) : `nobody (muster.yml names no ${role})`;
}
