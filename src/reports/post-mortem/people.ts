import { roleNames } from '../../domain/home.ts';
import { muster } from '../../domain/identity.ts';
import type { TimelineKind } from '../../domain/timeline.ts';
import { plain, section, table } from './markdown.ts';
import type { IncidentRecord } from './record.ts';
import { count, list } from './say.ts';

const singular = { responders: 'responder', commanders: 'commander', approvers: 'approver', publishers: 'publisher' };

const deeds: [TimelineKind[], string][] = [
  [['command'], 'command'],
  [['decision', 'role', 'phase', 'escalation'], 'decision'],
  [['words'], 'message'],
  [['note', 'message'], 'note'],
];

/** Those who did something, and what they were there for; then those who were there if needed. */
export function writePeople(record: IncidentRecord): string[] {
  const { incident, timeline, grants } = record;
  const acted = [...new Set([incident.commander, incident.declaredBy, ...timeline.map((entry) => entry.who)])];
  const people = acted.filter((who) => who !== muster.name);
  const rows = people.map((who) => [plain(who), rolesOf(record, who), didOf(record, who)]);
  const others = [...new Set(grants.map((grant) => grant.person))].filter((person) => !people.includes(person));
  const rest = others.length === 0 ? [] : [`Also held a role: ${list(others.map(plain))}.`];
  return section('People', table(['Who', 'Roles', 'Did'], rows), rest);
}

function rolesOf({ incident, grants }: IncidentRecord, who: string): string {
  const held = roleNames.filter((role) => grants.some((grant) => grant.person === who && grant.role === role));
  const named = held.map((role) => singular[role]);
  return [...(incident.commander === who ? ['**in command at the end**'] : []), ...named].join(', ');
}

function didOf({ timeline }: IncidentRecord, who: string): string {
  const own = timeline.filter((entry) => entry.who === who);
  return deeds
    .map(([kinds, name]) => [own.filter((entry) => kinds.includes(entry.kind)).length, name] as const)
    .filter(([many]) => many > 0)
    .map(([many, name]) => count(many, name))
    .join(', ');
}
