import { readTimes, shortestGapMs, type Times } from './cron.ts';
import { durationMs } from './duration.ts';
import type { Home, Schedule } from './home.ts';
import type { Person } from './person.ts';
import type { RunOutcome } from './run.ts';

/**
 * What becomes of one time of a schedule: `due` waits to start by itself, `asked` for people; a run makes it `started`
 * and then `done`; `missed` was not begun in its time, `declined` a person has decided against.
 */
export const occurrenceStates = ['due', 'asked', 'started', 'done', 'missed', 'declined'] as const;
export type OccurrenceState = (typeof occurrenceStates)[number];

export interface Occurrence {
  /** `copies@2026-11-22T06:00:00.000Z` */
  id: string;
  schedule: string;
  dueAt: Date;
  /** The last instant at which it may begin. */
  until: Date;
  state: OccurrenceState;
  incidentId: number | null;
  runId: string | null;
  outcome: RunOutcome | null;
  endedBy: string | null;
  /** Why it was declined, missed, or could not start by itself. */
  why: string | null;
  endedAt: Date | null;
}

/** One time of a schedule with what people read of it. */
export interface OccurrenceView extends Occurrence {
  command: string;
  title: string;
  owner: string;
  now: Date;
  timezone: string;
  /** Null before it was started. */
  incident: { label: string; channel: string | null } | null;
  simulated: boolean;
}

export interface ScheduleView {
  name: string;
  command: string;
  title: string;
  at: string;
  start: Schedule['start'];
  owner: string;
  next: Date | null;
  /** The newest that has ended. */
  last: Pick<Occurrence, 'state' | 'outcome' | 'dueAt' | 'endedAt' | 'endedBy'> | null;
  /** The oldest that has not ended: it waits to begin, or runs now. */
  waiting: Pick<Occurrence, 'state' | 'dueAt' | 'until'> | null;
  /** In the last 90 days. */
  missed: number;
}

export interface SchedulesView {
  schedules: ScheduleView[];
  now: Date;
  timezone: string;
  simulated: boolean;
}

export function occurrenceId(schedule: string, dueAt: Date): string {
  return `${schedule}@${dueAt.toISOString()}`;
}

const prefix = 'schedule ';

/** Who starts what starts by itself: no person can have this name. */
export function schedulePerson(name: string): Person {
  return { name: `${prefix}${name}`, slack: null, door: 'schedule' };
}

/** The schedule that bears this name among those who start runs; null for a person. */
export function scheduleNamed(startedBy: string): string | null {
  return startedBy.startsWith(prefix) ? startedBy.slice(prefix.length) : null;
}

/** When it recurs. Throws where the expression is none, which the check of muster.yml refuses. */
export function timesOf({ timezone }: Pick<Home, 'timezone'>, { at }: Pick<Schedule, 'at'>): Times {
  const times = readTimes(at, timezone);
  if (typeof times === 'string') throw new Error(`${at}: ${times}`);
  return times;
}

const dayMs = 86_400_000;

/** How long after its time it may begin, in milliseconds. */
export function withinMs(home: Pick<Home, 'timezone'>, schedule: Pick<Schedule, 'at' | 'within'>, now: Date): number {
  if (schedule.within !== undefined) return durationMs(schedule.within);
  return Math.min(dayMs, shortestGapMs(timesOf(home, schedule), now));
}

/** Its inputs as a person would type them. */
export function inputsOf({ inputs }: Pick<Schedule, 'inputs'>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)]));
}
