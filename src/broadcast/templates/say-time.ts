import prettyMilliseconds from 'pretty-ms';
import { sayHomeClock } from '../../domain/say-instant.ts';

/** `21m 4s`: whole seconds, two units at most. */
export function sayDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds === 0 ? '0s' : prettyMilliseconds(seconds * 1000, { unitCount: 2 });
}

/** `15:30 CET (14:30 UTC)`: a time of this day, such as when the next update comes. */
export function sayClock(at: Date, timezone: string): string {
  const utc = `${at.toISOString().slice(11, 16)} UTC`;
  if (timezone === 'UTC') return utc;
  return `${sayHomeClock(at, timezone)} (${utc})`;
}
