import { sayInstant } from '../../domain/say-instant.ts';
import { sayClock } from '../templates/say-time.ts';

const longestSameDayMs = 20 * 3_600_000;

/** `15:30 CET (14:30 UTC)`, with its date where the time alone could be taken for another day's. */
export function sayPromise(promised: Date, now: Date, timezone: string): string {
  const away = promised.getTime() - now.getTime();
  return away < longestSameDayMs ? sayClock(promised, timezone) : sayInstant(promised, timezone);
}
