import { useSlice } from '../../state/stream.ts';
import { Link } from './link.tsx';

interface SlackDateProps {
  seconds: number;
  /** Slack's, with an address behind `^` where the date is a link. */
  format: string;
}

/** A date as Slack shows it: in this browser's time zone, and by the simulated clock where it is told from now. */
export function SlackDate({ seconds, format }: SlackDateProps) {
  const now = useSlice('clock')?.now;
  const [pattern = '', url] = format.split('^');
  const at = new Date(seconds * 1000);
  const text = pattern.replace(/\{(\w+)\}/g, (whole, name: string) => partOf(name, at, now) ?? whole);
  if (url) return <Link href={url}>{text}</Link>;
  return <time dateTime={at.toISOString()}>{text}</time>;
}

function partOf(name: string, at: Date, now: string | undefined): string | undefined {
  const near = now === undefined ? undefined : nearDay(at, new Date(now));
  const date = (style: 'long' | 'medium' | 'full') => at.toLocaleDateString('en-GB', { dateStyle: style });
  const parts: Record<string, () => string> = {
    ago: () => (now === undefined ? date('medium') : ago(Date.parse(now) - at.getTime())),
    date: () => date('long'),
    date_long: () => date('full'),
    date_long_pretty: () => near ?? date('full'),
    date_num: () => at.toLocaleDateString('sv-SE'),
    date_pretty: () => near ?? date('long'),
    date_short: () => date('medium'),
    date_short_pretty: () => near ?? date('medium'),
    date_slash: () => at.toLocaleDateString('en-GB'),
    day_divider_pretty: () => near ?? date('full'),
    time: () => at.toLocaleTimeString('en-GB', { timeStyle: 'short' }),
    time_secs: () => at.toLocaleTimeString('en-GB', { timeStyle: 'medium' }),
  };
  return parts[name]?.();
}

function nearDay(at: Date, now: Date): string | undefined {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  return { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' }[days];
}

function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  const [count, unit] = minutes < 120 ? [minutes, 'minute'] : [Math.floor(minutes / 60), 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
