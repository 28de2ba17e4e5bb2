import type { Preview } from '../../broadcast/broadcast.ts';
import { isInTime } from '../../domain/audience.ts';
import { isOpen } from '../../domain/incident.ts';
import type { AudienceView, IncidentView } from '../../domain/views.ts';
import type { Wire } from '../wire.ts';
import { clockTime, table } from './text.ts';

/** What each audience would read, and where. */
export function presentPreviews(previews: readonly Wire<Preview>[]): string {
  return previews
    .map(({ audience, to, text }) => {
      const where = to.length > 0 ? to.join(', ') : 'nowhere';
      return [
        `${audience}: ${where}`,
        ...text
          .trimEnd()
          .split('\n')
          .map((line) => `  ${line}`.trimEnd()),
      ].join('\n');
    })
    .join('\n\n');
}

/** Who was told when, what they are owed next, and how promises to them went. */
export function presentAudiences(view: Wire<IncidentView>): string[] {
  const rows = view.audiences.map((audience) => [
    audience.audience,
    audience.toldAt === null ? 'not told' : `told ${clockTime(audience.toldAt, view.timezone)}`,
    nextOf(view, audience),
    promisesOf(audience),
  ]);
  return table(rows);
}

export function presentAcknowledged({ acknowledged, timezone, incident }: Wire<IncidentView>): string {
  if (acknowledged === null)
    return isOpen(incident) ? '  nobody has acknowledged it: muster ack' : '  nobody acknowledged it';
  return `  acknowledged by ${acknowledged.by} at ${clockTime(acknowledged.at, timezone)}`;
}

function nextOf({ now, timezone }: Wire<IncidentView>, { dueAt, promised, rule }: Wire<AudienceView>): string {
  const due = promised ?? dueAt;
  if (due === null) return rule === 'never' ? 'never told by rule' : 'nothing due';
  const at = clockTime(due, timezone);
  if (!isInTime(new Date(now), new Date(due))) return `overdue since ${at} (${rule})`;
  return promised === null ? `due ${at} (${rule})` : `next promised by ${at}`;
}

function promisesOf({ kept, broken }: Wire<AudienceView>): string {
  if (kept + broken === 0) return '';
  return `${kept} kept, ${broken} broken`;
}
