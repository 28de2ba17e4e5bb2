import type { Home } from '../domain/home.ts';
import { personBySlack } from '../domain/identity.ts';

/** What people wrote in Slack, as they read it there: names for references, labels and addresses for links. */
export function plainText(home: Home, text: string): string {
  return text
    .replace(/<([^<>]*)>/g, (_whole, inside: string) => referred(home, inside))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

function referred(home: Home, inside: string): string {
  const [target = '', label] = inside.split('|');
  if (target.startsWith('@')) return `@${personBySlack(home, target.slice(1)).name}`;
  if (target.startsWith('#')) return `#${label || target.slice(1)}`;
  if (target.startsWith('!')) return label || `@${target.slice(1).split('^')[0]}`;
  const address = target.replace(/^mailto:/, '');
  return label === undefined || label === address ? address : `${label} (${address})`;
}
