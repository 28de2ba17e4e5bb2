import type { NamedContact } from '../../domain/contacts.ts';

export interface ShownContacts {
  contacts: NamedContact[];
}

/** Each under its name, one way to reach it a line. */
export function presentContacts({ contacts }: ShownContacts): string {
  if (contacts.length === 0) return 'No contacts: muster.yml names none for this.';
  return contacts.flatMap(linesOf).join('\n');
}

function linesOf({ name, title, phone, email, url, account, for: occasions }: NamedContact): string[] {
  const ways = { phone, email, url, account, for: occasions.length > 0 ? occasions.join(', ') : undefined };
  const shown = Object.entries(ways).flatMap(([way, value]) =>
    value === undefined ? [] : [`  ${way.padEnd(8)}${value}`],
  );
  return [`${title} (${name})`, ...shown];
}
