import { Refusal } from '../domain/errors.ts';
import type { Schedule } from '../domain/home.ts';
import { incidentLabel } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import { type OccurrenceView, type SchedulesView, type ScheduleView, timesOf } from '../domain/schedule.ts';
import { readIncident } from '../store/incidents.ts';
import { readOccurrence, standingOf } from '../store/occurrences.ts';
import type { SchedulesDeps } from './deps.ts';

const countedMs = 90 * 86_400_000;

/** Every schedule with when it is next, how it was last, and what was missed. */
export async function viewSchedules(deps: SchedulesDeps): Promise<SchedulesView> {
  const { home, clock, simulated, store } = deps;
  const schedules = await store.tx(async (tx) => {
    const views: ScheduleView[] = [];
    for (const [name, schedule] of Object.entries(home.schedules)) views.push(await viewOne(deps, tx, name, schedule));
    return views;
  });
  return { schedules, now: clock.now(), timezone: home.timezone, simulated };
}

export async function viewOccurrence(deps: SchedulesDeps, id: string): Promise<OccurrenceView> {
  const { home, clock, simulated, store } = deps;
  return store.tx(async (tx) => {
    const occurrence = await readOccurrence(tx, id);
    if (!occurrence) throw new Refusal(`Nothing is known of ${id}.`);
    const schedule = home.schedules[occurrence.schedule];
    const command = schedule?.command ?? occurrence.schedule;
    const incident = occurrence.incidentId === null ? null : await readIncident(tx, occurrence.incidentId);
    return {
      ...occurrence,
      command,
      title: titleOf(deps, command),
      owner: schedule?.owner ?? '',
      now: clock.now(),
      timezone: home.timezone,
      incident: incident && { label: incidentLabel(incident), channel: incident.channel },
      simulated,
    };
  });
}

async function viewOne(deps: SchedulesDeps, tx: Tx, name: string, schedule: Schedule): Promise<ScheduleView> {
  const now = deps.clock.now();
  const { command, at, start, owner } = schedule;
  const standing = await standingOf(tx, name, new Date(now.getTime() - countedMs));
  const title = titleOf(deps, command);
  return { name, command, title, at, start, owner, next: timesOf(deps.home, schedule).next(now), ...standing };
}

function titleOf({ commands }: SchedulesDeps, command: string): string {
  return commands.find(({ name }) => name === command)?.title ?? command;
}
