import prettyMilliseconds from 'pretty-ms';

/** `21m 4s`: whole seconds, two units at most. */
export function sayDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds === 0 ? '0s' : prettyMilliseconds(seconds * 1000, { unitCount: 2 });
}

/** `2026-03-01 15:05 CET (14:05 UTC)`; with the day there too where it is another. */
export function sayInstant(at: Date, timezone: string): string {
  const utcDay = at.toISOString().slice(0, 10);
  const utc = `${at.toISOString().slice(11, 16)} UTC`;
  if (timezone === 'UTC') return `${utcDay} ${utc}`;
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(at);
  const home = `${day} ${localClock(at, timezone)} ${zoneName(at, timezone)}`;
  return `${home} (${day === utcDay ? '' : `${utcDay} `}${utc})`;
}

/** `15:30 CET (14:30 UTC)`: a time of this day, such as when the next update comes. */
export function sayClock(at: Date, timezone: string): string {
  const utc = `${at.toISOString().slice(11, 16)} UTC`;
  if (timezone === 'UTC') return utc;
  return `${localClock(at, timezone)} ${zoneName(at, timezone)} (${utc})`;
}

function localClock(at: Date, timezone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** `CET`; what has no such name in one English has it in the other, or is `GMT+9`. */
function zoneName(at: Date, timezone: string): string {
  const names = ['en-GB', 'en-US'].map((locale) =>
    new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: 'short' })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName'),
  );
  const [first, second] = names.map((part) => part?.value ?? timezone);
  return (first?.startsWith('GMT') && second !== undefined ? second : first) ?? timezone;
}
