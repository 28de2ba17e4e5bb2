import { sayInstant } from '../../domain/say-instant.ts';
import type { SchedulesView, ScheduleView } from '../../domain/schedule.ts';
import type { Wire } from '../wire.ts';

type View = Wire<SchedulesView>;
type One = Wire<ScheduleView>;

/** When each is next, how it was last, and what was missed. */
export function presentSchedules(view: View): string {
  if (view.schedules.length === 0) return 'Nothing is scheduled: schedules of muster.yml names none.';
  return view.schedules.flatMap((one) => linesOf(one, view.timezone)).join('\n');
}

function linesOf(one: One, timezone: string): string[] {
  const at = (iso: string): string => sayInstant(new Date(iso), timezone);
  const starts = one.start === 'automatic' ? 'starts by itself' : 'is asked for';
  const next = one.next === null ? 'never again' : at(one.next);
  const waiting = one.waiting === null ? [] : [`  ${waitingWords(one.waiting, at)}`];
  return [
    `${one.name}  ${one.command}  ${starts}  owner ${one.owner}`,
    `  next ${next}`,
    ...waiting,
    `  last ${one.last === null ? 'never' : lastWords(one.last, at)}`,
    `  missed in 90 days: ${one.missed}`,
  ];
}

function waitingWords(waiting: NonNullable<One['waiting']>, at: (iso: string) => string): string {
  if (waiting.state === 'started') return `runs now, due since ${at(waiting.dueAt)}`;
  return `due since ${at(waiting.dueAt)}, to begin by ${at(waiting.until)}`;
}

function lastWords(last: NonNullable<One['last']>, at: (iso: string) => string): string {
  if (last.state === 'missed') return `missed, due ${at(last.dueAt)}`;
  const what = last.state === 'declined' ? `not run, by decision of ${last.endedBy}` : last.outcome;
  return `${what}, ${at(last.endedAt ?? last.dueAt)}`;
}
