import { sayDuration } from '../../broadcast/templates/say-time.ts';
import { dateFormat } from '../../domain/formats.ts';
import { wholeSecondsBetween } from '../../domain/say-instant.ts';

/** `2026-03-01 14:05:09`: for columns that say in their head that it is UTC. */
export function utc(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

/** `15:05:09`: the same instant where the system is at home. */
export function local(at: Date, timezone: string): string {
  return dateFormat('en-GB', { timeZone: timezone, timeStyle: 'medium' }).format(at);
}

/** `14:30`, with the day where it is not the one given. */
export function minute(at: Date, day: Date): string {
  const [date, time] = at.toISOString().split('T');
  const same = day.toISOString().startsWith(date ?? '');
  return `${same ? '' : `${date} `}${(time ?? '').slice(0, 5)}`;
}

export function between(from: Date, until: Date): string {
  const ms = wholeSecondsBetween(from, until);
  return ms < 0 ? `${sayDuration(-ms)} before` : sayDuration(ms);
}

/** `3 promises`, `1 promise`. */
export function count(many: number, one: string, several = `${one}s`): string {
  return `${many} ${many === 1 ? one : several}`;
}

/** `a, b and c`. */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
