import { sayContradictions } from '../../domain/contradictions.ts';
import { exceptionsOf } from './exceptions.ts';
import { leftChanged } from './left-changed.ts';
import { section, table } from './markdown.ts';
import { countBroken } from './promises.ts';
import type { IncidentRecord } from './record.ts';
import { count } from './say.ts';
import { metOf } from './times.ts';

const empty = ['', '', ''];

/** What follows from the record, and room for what people add; each wants an owner and a day. */
export function writeActions(record: IncidentRecord): string[] {
  const rows = actionsOf(record).map((action) => [action, '', '']);
  return section('Actions', table(['Action', 'Owner', 'Due'], [...rows, empty, empty]));
}

function actionsOf(record: IncidentRecord): string[] {
  const { guards, reviews, recovery, escalation } = record;
  const places = sayContradictions(leftChanged(record)).length;
  const armed = guards.filter((guard) => guard.state === 'armed').map((guard) => guard.region);
  const exceptions = exceptionsOf(record).length;
  const broken = countBroken(record);
  const unread = reviews.filter((review) => review.kind === 'break-glass' && review.reviewedBy === null).length;
  return [
    ...(armed.length > 0 ? [`Fence ${[...new Set(armed)].join(', ')}, which a return guard still watches`] : []),
    ...(places > 0 ? [`Bring infrastructure code in line with what was changed (${count(places, 'resource')})`] : []),
    ...(['rto', 'rpo'] as const).flatMap((what) => findWhy(what, metOf(recovery, what))),
    ...(exceptions > 0
      ? [`Settle what was skipped, accepted or deferred (${count(exceptions, 'entry', 'entries')})`]
      : []),
    ...(escalation && escalation.acknowledgedAt === null ? ['Find why nobody acknowledged it'] : []),
    ...(broken > 0 ? [`Find why ${count(broken, 'promise was', 'promises were')} broken`] : []),
    ...(unread > 0 ? [`Review ${count(unread, 'broken glass', 'broken glasses')}`] : []),
  ];
}

function findWhy(what: 'rto' | 'rpo', met: ReturnType<typeof metOf>): string[] {
  if (met === null || met === 'yes') return [];
  return [`Find why the ${what.toUpperCase()} ${met === 'no' ? 'was missed' : 'was not shown to be met'}`];
}
