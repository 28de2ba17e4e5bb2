import { approvalsOf, isWeighty, phraseOf } from '../commands/defaults.ts';
import { readInputs } from '../commands/inputs.ts';
import type { YamlPath, YamlPlaces } from '../commands/yaml/parse-yaml.ts';
import type { Catalogue } from '../domain/action.ts';
import type { Command } from '../domain/command.ts';
import { readTimes, shortestGapMs, type Times } from '../domain/cron.ts';
import { durationMs } from '../domain/duration.ts';
import { type Fault, Refusal } from '../domain/errors.ts';
import type { Home, Schedule } from '../domain/home.ts';
import { suggestion } from '../domain/nearest.ts';
import { inputsOf } from '../domain/schedule.ts';
import { isTimezone } from '../domain/timezone.ts';
import type { Check } from './check.ts';

/** A day from which years are looked ahead; which one does not matter. */
const anyDay = new Date('2026-01-01T00:00:00Z');

/** A schedule occurs, within its interval, and somebody who can be told owns it. */
export const brokenSchedules: Check = (home, places) =>
  Object.entries(home.schedules).flatMap(([name, schedule]) => {
    const path = ['schedules', name];
    return [...faultsOfTime(home, schedule, places, path), ...faultsOfOwner(home, schedule, places, path)];
  });

function faultsOfTime({ timezone }: Home, { at, within }: Schedule, places: YamlPlaces, path: YamlPath): Fault[] {
  if (!isTimezone(timezone)) return [];
  const times = readTimes(at, timezone);
  if (typeof times === 'string') return [places.fault([...path, 'at'], `${at} is no cron expression: ${times}`)];
  if (times.next(anyDay) === null)
    return [places.fault([...path, 'at'], `${at} never occurs: no such day is in any year`)];
  return within === undefined ? [] : faultsOfWithin(within, times, places, path);
}

function faultsOfWithin(within: string, times: Times, places: YamlPlaces, path: YamlPath): Fault[] {
  const gap = shortestGapMs(times, anyDay);
  const ms = durationMs(within);
  if (ms > 0 && ms <= gap) return [];
  const message =
    ms === 0
      ? `within is ${within}: it could never begin`
      : `within is ${within}, longer than the ${sayMinutes(gap)} from one time to the next: each is over before the next begins`;
  return [places.fault([...path, 'within'], message)];
}

function sayMinutes(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

function faultsOfOwner({ people }: Home, { owner }: Schedule, places: YamlPlaces, path: YamlPath): Fault[] {
  if (/^group:S[A-Z0-9]+$/.test(owner)) return [];
  const fault = (message: string): Fault[] => [places.fault([...path, 'owner'], message)];
  if (owner.startsWith('group:'))
    return fault(`${owner} is no Slack user group: write group: and its id, such as group:S0RESP`);
  if (!Object.hasOwn(people, owner))
    return fault(`${owner} is nobody in people: ${suggestion(owner, Object.keys(people))}`);
  if (people[owner]?.slack !== undefined) return [];
  return fault(`${owner} has no slack in people: nobody could be told that it is due`);
}

/** What only the commands show: which are there, what they take, and what may start without a person. */
export function faultsOfCommands(
  { home, commands, catalogue }: { home: Home; commands: readonly Command[]; catalogue: Catalogue },
  places: YamlPlaces,
): Fault[] {
  return Object.entries(home.schedules).flatMap(([name, schedule]) => {
    const path = ['schedules', name];
    const command = commands.find((known) => known.name === schedule.command);
    if (command) return faultsOfCommand({ command, schedule, catalogue }, places, path);
    const names = commands.filter(({ purpose }) => purpose !== 'recovery').map((known) => known.name);
    const message = `there is no command ${schedule.command}: ${suggestion(schedule.command, names)}`;
    return [places.fault([...path, 'command'], message)];
  });
}

function faultsOfCommand(
  of: { command: Command; schedule: Schedule; catalogue: Catalogue },
  places: YamlPlaces,
  path: YamlPath,
): Fault[] {
  const { command, schedule, catalogue } = of;
  if (command.purpose === 'recovery') {
    const message = `${command.name} is for recovering: people begin that, in an incident; a schedule runs what has purpose routine or drill`;
    return [places.fault([...path, 'command'], message)];
  }
  const why = schedule.start === 'automatic' ? whyAsked(command, catalogue) : null;
  const starts = `start is automatic, but ${why}: write start: asked`;
  return [
    ...faultsOfInputs(command, schedule, places, path),
    ...(why ? [places.fault([...path, 'start'], starts)] : []),
  ];
}

function faultsOfInputs(command: Command, schedule: Schedule, places: YamlPlaces, path: YamlPath): Fault[] {
  try {
    readInputs(command, inputsOf(schedule));
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { field, message } = error;
    const given = field !== undefined && Object.hasOwn(schedule.inputs, field);
    const place = given ? [...path, 'inputs', field] : [...path, 'inputs'];
    const unknown = given && !Object.hasOwn(command.inputs, field);
    return [places.fault(place, message.replace(/\.$/, ''), unknown ? 'key' : undefined)];
  }
}

/** Why people have to begin it; null where it may start by itself. */
function whyAsked(command: Command, catalogue: Catalogue): string | null {
  const weighty = command.steps.find(({ uses }) => {
    const action = catalogue.get(uses);
    return action !== undefined && isWeighty(action);
  });
  if (weighty) return `${weighty.id} of ${command.name} cannot be undone or moves traffic`;
  const needed = approvalsOf(command, catalogue);
  if (needed > 0) return `${command.name} needs ${needed === 1 ? 'an approval' : `${needed} approvals`}`;
  return phraseOf(command, catalogue) === null ? null : `${command.name} wants its phrase typed`;
}
