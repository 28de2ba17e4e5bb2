import type { Home } from '../../domain/home.ts';
import type { Notice } from '../../domain/notice.ts';
import type { OccurrenceView, SchedulesView, ScheduleView } from '../../domain/schedule.ts';
import { act, encode } from '../values.ts';
import { actions, type Block, button, header, section, sections } from './blocks.ts';
import { code, said } from './escape.ts';
import { outcomeMark } from './marks.ts';
import { message, type Words } from './message.ts';
import { personName, ping } from './people.ts';
import { instant } from './times.ts';

type Told = Extract<Notice, { kind: 'schedule-told' }>;

/** What is due, with Start and Not this time until that is decided; then what has become of it. */
export function presentOccurrence(view: OccurrenceView, home: Home): Words {
  const words = [
    `${ping(home, view.owner) ?? personName(home, view.owner)} ${dueLine(view)}`,
    ...stateLines(view, home),
  ].join('\n');
  return message(words, [section(words), ...buttonsOf(view)], view.simulated);
}

/** What the owner is told of it. */
export function presentTold(told: Told, view: OccurrenceView, home: Home): Words {
  const pinged = told.mention ? ping(home, view.owner) : null;
  const words = [pinged, toldWords(told, view)].filter((each) => each !== null).join(' ');
  return message(words, [section(words)], view.simulated);
}

/** The answer to `/dr schedules`. */
export function presentSchedules(view: SchedulesView, home: Home): Words {
  const { schedules, simulated } = view;
  if (schedules.length === 0) {
    const none = 'Nothing is scheduled: `schedules` of muster.yml names none.';
    return message(none, [section(none)], simulated);
  }
  const lines = schedules.flatMap((one) => scheduleLines(one, view, home));
  return message(lines.join('\n'), [header('🗓️ Schedules'), ...sections(lines)], simulated);
}

function scheduleLines(one: ScheduleView, { now, timezone }: SchedulesView, home: Home): string[] {
  const at = (when: Date): string => instant(when, timezone, now);
  const next = one.next === null ? 'never again' : `next ${at(one.next)}`;
  const starts = one.start === 'automatic' ? 'starts by itself' : 'is asked for';
  const missed = one.missed === 0 ? 'none missed in 90 days' : `🔴 *${one.missed} missed in 90 days*`;
  const waiting = one.waiting === null ? [] : [`      ⏳ ${waitingWords(one.waiting, at)}`];
  return [
    `*${said(one.name)}* ${code(`/dr ${one.command}`)} · ${next} · ${starts} · ${personName(home, one.owner)}`,
    `      ${one.last === null ? 'Not run yet' : lastWords(one.last, at, home)} · ${missed}`,
    ...waiting,
  ];
}

function waitingWords(waiting: NonNullable<ScheduleView['waiting']>, at: (when: Date) => string): string {
  if (waiting.state === 'started') return `Runs now, due since ${at(waiting.dueAt)}`;
  return `Due since ${at(waiting.dueAt)}, to begin by ${at(waiting.until)}`;
}

function lastWords(last: NonNullable<ScheduleView['last']>, at: (when: Date) => string, home: Home): string {
  const ended = at(last.endedAt ?? last.dueAt);
  if (last.state === 'missed') return `🔴 Missed: due ${at(last.dueAt)}`;
  if (last.state === 'declined') return `⏭️ Not run by decision of ${personName(home, last.endedBy ?? '')}, ${ended}`;
  return `${last.outcome === null ? '❓ Ended' : outcomeMark[last.outcome]} ${ended}`;
}

function dueLine(view: OccurrenceView): string {
  const since = instant(view.dueAt, view.timezone, view.now);
  return `*${said(view.title)}* is due since ${since} (${code(view.schedule)}, ${code(`/dr ${view.command}`)}).`;
}

function stateLines(view: OccurrenceView, home: Home): string[] {
  const { state, why, endedBy, endedAt, outcome } = view;
  const at = (when: Date | null): string => (when === null ? '' : ` at ${instant(when, view.timezone, view.now)}`);
  const because = becauseOf(why);
  switch (state) {
    case 'asked':
      return [...(why === null ? [] : [`⚠️ It could not start by itself${because}`]), beginBy(view)];
    case 'due':
      return ['⏳ It is about to start by itself.'];
    case 'started':
      return [`🔄 Started${inRecord(view)}.`];
    case 'done':
      return [`${outcome === null ? '❓ Ended' : outcomeMark[outcome]}${at(endedAt)}${inRecord(view)}.`];
    case 'declined':
      return [`⏭️ Not this time, by decision of ${personName(home, endedBy ?? '')}${at(endedAt)}${because}`];
    case 'missed':
      return [`🔴 *Missed*${because === '' ? '.' : because}`];
  }
}

function beginBy({ until, timezone, now }: OccurrenceView): string {
  return `⏳ A commander starts it. It counts as missed when nobody has by ${instant(until, timezone, now)}.`;
}

function inRecord({ incident }: OccurrenceView): string {
  if (incident === null) return '';
  return ` in ${incident.channel === null ? said(incident.label) : `<#${incident.channel}>`}`;
}

function buttonsOf(view: OccurrenceView): Block[] {
  if (view.state !== 'asked') return [];
  const value = encode({ occurrenceId: view.id });
  return actions(`schedule:${view.id}`, [
    view.why === null ? button('Start', act.begin, value, { style: 'primary' }) : button('Try again', act.begin, value),
    button('Not this time', act.decline, value),
  ]);
}

function toldWords({ what, earlier }: Told, view: OccurrenceView): string {
  const named = `*${said(view.title)}* (${code(view.schedule)})`;
  const due = instant(view.dueAt, view.timezone, view.now);
  const because = becauseOf(view.why) || '.';
  switch (what) {
    case 'reminder':
      return `⏰ ${named} is due since ${due} and nobody has begun it. ${beginBy(view)} ${code(`/dr ${view.command}`)} begins it.`;
    case 'missed':
      return `🔴 ${named} of ${due} was missed${because}${earlierWords(earlier)}`;
    case 'handed-over':
      return `⚠️ ${named} could not start by itself${because} ${beginBy(view)}`;
    case 'failed':
      return `❌ ${named} of ${due} has ended: ${view.outcome === null ? 'unknown' : outcomeMark[view.outcome]}${inRecord(view)}.`;
  }
}

/** `: Table main has no point-in-time recovery.`, with the full stop that some reasons bring along. */
function becauseOf(why: string | null): string {
  if (why === null) return '';
  return `: ${said(/[.!?]$/.test(why) ? why : `${why}.`)}`;
}

function earlierWords(earlier: number): string {
  if (earlier === 0) return '';
  return earlier === 1 ? ' So was the one before it.' : ` So were the ${earlier} before it.`;
}
