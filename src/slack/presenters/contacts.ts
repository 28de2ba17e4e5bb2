import { contactsFor, type NamedContact } from '../../domain/contacts.ts';
import type { Home } from '../../domain/home.ts';
import type { Incident } from '../../domain/incident.ts';
import { header, sections } from './blocks.ts';
import { code, link, said } from './escape.ts';
import { message, type Words } from './message.ts';
import { few } from './people.ts';

/** Names of one line. */
const mostNames = 6;

/** Whom an incident of this kind needs, by name; how to reach them is told to those who ask. */
export function contactsLine(incident: Pick<Incident, 'services' | 'scenario'>, home: Home): string[] {
  const names = contactsFor(home, incident).map(({ title }) => said(title));
  return names.length === 0 ? [] : [`Contacts: ${few(names, mostNames)} · ${code('/dr contacts')}`];
}

/** Those that an incident needs first; the others after them, and at last our own people. */
export function presentContacts(
  contacts: {
    needed: readonly NamedContact[];
    others: readonly NamedContact[];
    people: readonly { name: string; phone: string }[];
  },
  simulated: boolean,
): Words {
  const { needed, others, people } = contacts;
  const lines = [
    ...(needed.length > 0 ? ['*For this incident*', ...needed.map(contactLine)] : []),
    ...(others.length > 0 ? [needed.length > 0 ? '*Others*' : '', ...others.map(contactLine)] : []),
    ...(needed.length + others.length === 0 ? ['muster.yml names no contacts.'] : []),
    ...(people.length > 0
      ? ['*People*', ...people.map(({ name, phone }) => `• *${said(name)}* · 📞 ${said(phone)}`)]
      : []),
  ].filter(Boolean);
  const title = 'Contacts';
  return message([`*${title}*`, ...lines].join('\n'), [header(title), ...sections(lines)], simulated);
}

/** Everything is escaped and nothing pings: a number and an address are to be read, and dialled by a person. */
function contactLine({ name, title, phone, email, url, account }: NamedContact): string {
  const ways = [
    ...(phone === undefined ? [] : [`📞 ${said(phone)}`]),
    ...(email === undefined ? [] : [`✉️ ${said(email)}`]),
    ...(url === undefined ? [] : [link(url, url)]),
    ...(account === undefined ? [] : [`account ${said(account)}`]),
  ];
  return `• *${said(title)}* ${code(name)}${ways.length > 0 ? ` · ${ways.join(' · ')}` : ''}`;
}
