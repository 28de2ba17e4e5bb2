import prettyMs from 'pretty-ms';
import { isInTime } from '../../domain/audience.ts';
import { dateFormat } from '../../domain/formats.ts';
import { sayHomeClock } from '../../domain/say-instant.ts';

/** `16:05 CEST (14:05 UTC)`; with the day where it is not the day of `now`, and twice where the two differ. */
export function instant(at: Date, timezone: string, now?: Date): string {
  const utcDay = day(at, 'UTC');
  const homeDay = day(at, timezone);
  const today = now !== undefined && utcDay === day(now, 'UTC') && homeDay === utcDay;
  const home = `${today ? '' : `${homeDay} `}${sayHomeClock(at, timezone)}`;
  if (timezone === 'UTC') return home;
  return `${home} (${homeDay === utcDay ? '' : `${utcDay} `}${sayHomeClock(at, 'UTC')})`;
}

/** `14:30 CET (13:30 UTC)`, as it is promised to people; with the day where it is not the day of `now` at home. */
export function promisedAt(at: Date, timezone: string, now: Date): string {
  const today = day(at, timezone) === day(now, timezone);
  const home = `${today ? '' : `${day(at, timezone)} `}${sayHomeClock(at, timezone)}`;
  return timezone === 'UTC' ? home : `${home} (${sayHomeClock(at, 'UTC')})`;
}

/** `due 14:30 CET (13:30 UTC)`; once that minute is over, `overdue since` it. `soon` is another word for due. */
export function dueAt(at: Date, timezone: string, now: Date, soon = 'due'): { late: boolean; words: string } {
  const late = !isInTime(now, at);
  return { late, words: `${late ? 'overdue since' : soon} ${promisedAt(at, timezone, now)}` };
}

/** `1h 12m`, `8m 30s`, `45s`: two units at most, whole seconds. */
export function duration(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000) * 1000;
  if (seconds === 0) return '0s';
  return prettyMs(seconds, { unitCount: 2, hideSeconds: seconds >= 3_600_000 });
}

/** Time left, or by how much it is over. */
export function remaining(ms: number): string {
  return ms >= 0 ? `${duration(ms)} left` : `over by ${duration(ms)}`;
}

function day(at: Date, timeZone: string): string {
  return dateFormat('en-GB', { timeZone, day: 'numeric', month: 'short', year: 'numeric' }).format(at);
}
