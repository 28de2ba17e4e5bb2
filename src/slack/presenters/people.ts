import { listFormat } from '../../domain/formats.ts';
import type { Home } from '../../domain/home.ts';
import { nameMembers } from '../../domain/identity.ts';
import { said } from './escape.ts';

/** A person or a Slack group in a text, without pinging somebody whose name people know. */
export function personName(home: Home, name: string): string {
  if (/^group:S[A-Z0-9]{2,20}$/.test(name)) return ping(home, name) ?? said(name);
  if (home.people[name] === undefined && /^[UW][A-Z0-9]{2,20}$/.test(name)) return `<@${name}>`;
  return said(name);
}

/** Words from the record, as `said`; members that it knows by their id alone are shown by Slack. */
export function saidOf(home: Home, text: string): string {
  return nameMembers(home, said(text), { known: said, unknown: (slack) => `<@${slack}>` });
}

/** Somebody to be pinged: a name in muster.yml, a member's id, or `group:S…`. Null for anybody else. */
export function ping(home: Home, who: string): string | null {
  const group = /^(?:group:)?(S[A-Z0-9]{2,20})$/.exec(who)?.[1];
  if (group !== undefined) return `<!subteam^${group}>`;
  const id = home.people[who]?.slack ?? who;
  return /^[UW][A-Z0-9]{2,20}$/.test(id) ? `<@${id}>` : null;
}

/** The first few of many words, and how many there are besides: `a, b and 9 more`. */
export function few(words: readonly string[], most: number, type?: 'conjunction' | 'disjunction'): string {
  if (words.length <= most + 1) return joined(words, type);
  return joined([...words.slice(0, most), `${words.length - most} more`], type);
}

/** `a`, `a and b`, `a, b and c`; `a, b or c` where any of them will do. */
export function joined(words: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return listFormat(type).format(words);
}
