import type { Preview } from '../../broadcast/broadcast.ts';
import type { AudienceView, IncidentView } from '../../domain/views.ts';
import type { Wire } from '../wire.ts';
import { clockTime, duration, table } from './text.ts';

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

export function presentAcknowledged({ acknowledged, timezone }: Wire<IncidentView>): string {
  if (acknowledged === null) return '  nobody has acknowledged it: muster ack';
  return `  acknowledged by ${acknowledged.by} at ${clockTime(acknowledged.at, timezone)}`;
}

function nextOf({ now, timezone }: Wire<IncidentView>, { dueAt, promised, rule }: Wire<AudienceView>): string {
  if (promised !== null) {
    const late = Date.parse(now) - Date.parse(promised);
    return late > 0
      ? `next promised for ${clockTime(promised, timezone)}, ${duration(late)} ago`
      : `next promised by ${clockTime(promised, timezone)}`;
  }
  if (dueAt === null) return rule === 'never' ? 'never told by rule' : 'nothing due';
  return `due ${clockTime(dueAt, timezone)} (${rule})`;
}

function promisesOf({ kept, broken }: Wire<AudienceView>): string {
  if (kept + broken === 0) return '';
  return `${kept} kept, ${broken} broken`;
}
