import prettyMilliseconds from 'pretty-ms';

/** `21m 4s`: whole seconds, two units at most. */
export function sayDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds === 0 ? '0s' : prettyMilliseconds(seconds * 1000, { unitCount: 2 });
}

/** `2026-03-01 14:05 UTC (15:05 Europe/Berlin)`. */
export function sayInstant(at: Date, timezone: string): string {
  const utc = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (timezone === 'UTC') return utc;
  const local = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' }).format(at);
  return `${utc} (${local} ${timezone})`;
}
