import type { NamedContact } from '../../domain/contacts.ts';

export interface ShownContacts {
  contacts: NamedContact[];
  people: { name: string; phone: string }[];
}

/** Each under its name, one way to reach it a line; at last our own people. */
export function presentContacts({ contacts, people }: ShownContacts): string {
  const none = ['No contacts: muster.yml names none for this.'];
  const called = people.map(({ name, phone }) => `${name}: ${phone}`);
  return [...(contacts.length === 0 ? none : contacts.flatMap(linesOf)), ...called].join('\n');
}

function linesOf({ name, title, phone, email, url, account, for: occasions }: NamedContact): string[] {
  const ways = { phone, email, url, account, for: occasions.length > 0 ? occasions.join(', ') : undefined };
  const shown = Object.entries(ways).flatMap(([way, value]) =>
    value === undefined ? [] : [`  ${way.padEnd(8)}${value}`],
  );
  return [`${title} (${name})`, ...shown];
}
