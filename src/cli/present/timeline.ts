import type { TimelineEntry } from '../../domain/timeline.ts';
import type { Wire } from '../wire.ts';
import { clockTime, table } from './text.ts';

export interface ShownTimeline {
  label: string;
  timezone: string;
  entries: Wire<TimelineEntry>[];
}

/** One line for each thing that happened, under the day on which it did. */
export function presentTimeline({ label, timezone, entries }: ShownTimeline): string {
  if (entries.length === 0) return `Nothing has happened in ${label} yet.`;
  const rows = table(entries.map((entry) => [clockTime(entry.at, timezone), entry.who, textOf(entry)]));
  const days = entries.map((entry) => entry.at.slice(0, 10));
  return entries
    .flatMap((_, at) => (days[at] === days[at - 1] ? [] : [days[at] ?? '']).concat(rows[at] ?? ''))
    .join('\n');
}

function textOf({ text, editedAt, removedAt }: Wire<TimelineEntry>): string {
  if (removedAt !== null) return '(a message that was removed)';
  const line = text.replace(/\s+/g, ' ');
  return editedAt === null ? line : `${line} (edited)`;
}
