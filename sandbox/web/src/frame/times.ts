import { zoneName } from '../../../../src/domain/say-instant.ts';

/** `14:05:09`, as the machine that shows it keeps time. */
export function clockTime(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB', { timeStyle: 'medium' });
}

/** `CET`, `UTC`: where the machine that shows a time keeps it, at that time. */
export function zoneOf(iso: string): string {
  return zoneName(new Date(iso), Intl.DateTimeFormat().resolvedOptions().timeZone);
}

/** `21 Nov, 14:05:09 UTC`: for what is read elsewhere. */
export function publicTime(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  });
}

/** `8 s`, `2 min 5 s`, `1 h 3 min`: at most two units. */
export function sayDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const [first, second] = whole < 3600 ? ([60, 1] as const) : ([3600, 60] as const);
  const names: Record<number, string> = { 3600: 'h', 60: 'min', 1: 's' };
  const large = Math.floor(whole / first);
  const small = Math.floor((whole % first) / second);
  return small === 0 ? `${large} ${names[first]}` : `${large} ${names[first]} ${small} ${names[second]}`;
}
