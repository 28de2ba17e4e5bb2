import { muster } from '../../domain/identity.ts';
import type { TimelineEntry } from '../../domain/timeline.ts';
import { bullets, plain, section, table } from './markdown.ts';
import type { IncidentRecord } from './record.ts';
import { local, minute, utc } from './say.ts';

/** What people decided, and why, in order. */
export function writeDecisions({ timeline, incident }: IncidentRecord): string[] {
  const items = timeline
    .filter((entry) => entry.kind === 'decision' && entry.who !== muster.name)
    .map((entry) => `${minute(entry.at, incident.declaredAt)} UTC, ${plain(entry.who)}: ${plain(entry.text)}`);
  return section('Decisions', bullets(items.length > 0 ? items : ['None was written down.']));
}

export function writeTimeline({ timeline, home }: IncidentRecord): string[] {
  const own = home.timezone === 'UTC' ? [] : [home.timezone];
  const rows = timeline.map((entry) => [
    utc(entry.at),
    ...own.map((zone) => local(entry.at, zone)),
    plain(entry.who),
    entry.kind,
    textOf(entry),
  ]);
  return section('Timeline', table(['UTC', ...own, 'Who', 'Kind', 'What'], rows));
}

function textOf({ text, editedAt, removedAt }: TimelineEntry): string {
  if (removedAt !== null) return '*a message that was removed*';
  return editedAt === null ? plain(text) : `${plain(text)} *(edited)*`;
}
