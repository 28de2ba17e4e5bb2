import { dateFormat } from './formats.ts';

/** Milliseconds between two instants as people read them: without the parts of a second, which `sayUtc` leaves out. */
export function wholeSecondsBetween(from: Date, until: Date): number {
  return (Math.floor(until.getTime() / 1000) - Math.floor(from.getTime() / 1000)) * 1000;
}

/** `2026-03-01 14:05:09 UTC`: an instant within a sentence that people read. */
export function sayUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `2026-03-01 15:05 CET (14:05 UTC)`; with the day there too where it is another. */
export function sayInstant(at: Date, timezone: string): string {
  const utcDay = at.toISOString().slice(0, 10);
  const utc = `${at.toISOString().slice(11, 16)} UTC`;
  if (timezone === 'UTC') return `${utcDay} ${utc}`;
  const day = dateFormat('sv-SE', { timeZone: timezone }).format(at);
  const home = `${day} ${sayHomeClock(at, timezone)}`;
  return `${home} (${day === utcDay ? '' : `${utcDay} `}${utc})`;
}

/** `15:05 CET`; `seconds` are shown only where they are asked for. */
export function sayHomeClock(at: Date, timezone: string, seconds?: 'seconds'): string {
  const clock = dateFormat('en-GB', {
    ...{ timeZone: timezone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    ...(seconds && { second: '2-digit' }),
  });
  return `${clock.format(at)} ${zoneName(at, timezone)}`;
}

/** `CET`; what has no such name in one English has it in the other, or is `GMT+9`. */
export function zoneName(at: Date, timezone: string): string {
  const names = ['en-GB', 'en-US'].map((locale) =>
    dateFormat(locale, { timeZone: timezone, timeZoneName: 'short' })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName'),
  );
  const [first, second] = names.map((part) => part?.value ?? timezone);
  return (first?.startsWith('GMT') && second !== undefined ? second : first) ?? timezone;
}
