import { sayDuration } from '../frame/times.ts';
import {
  type Answer,
  answerOf,
  type Database,
  databaseMark,
  faultsOn,
  flowsOf,
  isHeld,
  isSplit,
  linksOf,
  type Region,
  type Service,
  type World,
} from './facts.ts';
import { sayUnrest } from './families.ts';

const answers: Record<Answer, string> = {
  served: 'and are served',
  errors: 'and get errors',
  silence: 'and get no answer',
};

/** What matters most, without a number that moves: said aloud whenever it changes. */
export function headlineOf(world: World): string {
  const dark = world.regions.filter((region) => region.dark).map(sayDark);
  return [...dark, ...trafficOf(world), ...writersOf(world), ...sayUnrest(world)].join(' ');
}

/** The picture in sentences, the headline's aside. */
export function describeWorld(world: World): string[] {
  return [
    ...world.healthChecks.map(saySwitch),
    ...world.regions.flatMap((region) => [
      ...region.services.map((service) => sayService(world, region, service)),
      ...region.databases.map((database) => sayDatabase(world, region, database)),
    ]),
    ...linksOf(world).map(
      ({ from, to, flowing, lagSeconds }) =>
        `Replication from ${from.id} to ${to.id} ${flowing ? 'flows' : 'is cut'}${sayLag(lagSeconds)}.`,
    ),
    ...overlapOf(world),
  ];
}

/** For how long two databases were written to; nothing where it never was so. */
export function overlapOf({ writers }: World): string[] {
  if (writers.overlapMs <= 0) return [];
  return [`Two databases took writes at once for ${sayDuration(Math.ceil(writers.overlapMs / 1000))}.`];
}

/** The object that moves the traffic, or a plain health check. */
export function switchLabel(check: World['healthChecks'][number]): string {
  if (check.inverted) return check.objectReached ? 'Switch thrown' : 'Switch not thrown';
  return check.healthy ? 'Health check passes' : 'Health check fails';
}

function saySwitch(check: World['healthChecks'][number]): string {
  return `${switchLabel(check)}: ${check.object} is ${check.objectReached ? 'there' : 'not there'}.`;
}

function sayDark({ region }: Region): string {
  return `${region} does not answer.`;
}

function trafficOf(world: World): string[] {
  return flowsOf(world).map(({ name, region, next }) => {
    const at = world.regions.find((one) => one.region === region);
    const now = at ? `are sent to ${at.region} ${answers[answerOf(at)]}` : 'are sent nowhere';
    return `People at ${name} ${now}${next === null ? '' : `, and are moving to ${next}`}.`;
  });
}

/** Nothing in a cloud without databases. */
function writersOf(world: World): string[] {
  return world.regions.every(({ databases }) => databases.length === 0) ? [] : [sayWriters(world)];
}

function sayWriters(world: World): string {
  const names = world.writers.now.map(({ id, region }) => `${id} in ${region}`);
  if (names.length === 0) return 'No database takes writes.';
  if (isSplit(world)) return `Danger: ${names.length} databases take writes at once, ${names.join(' and ')}.`;
  return `${names[0]} takes writes.`;
}

function sayService(world: World, { region }: Region, service: Service): string {
  const { running, desired, pending, draining, targets } = service;
  const parts = [
    `${running} of ${desired} tasks run`,
    pending > 0 ? `${pending} are starting` : '',
    draining > 0 ? `${draining} are stopping` : '',
    `${targets.healthy} of ${targets.registered} targets are healthy`,
    isHeld(service) ? 'autoscaling is held' : '',
  ];
  return `${service.name} in ${region}: ${parts.filter(Boolean).join(', ')}.${sayFaults(world, region, service.name)}`;
}

function sayDatabase(world: World, region: Region, database: Database): string {
  const mark = databaseMark(world, region, database).text;
  const faults = sayFaults(world, region.region, database.id);
  return `${database.id} in ${region.region}: ${database.role}, ${mark}.${faults}`;
}

function sayLag(seconds: number | null): string {
  return seconds === null ? '' : `, ${sayDuration(seconds)} behind`;
}

function sayFaults(world: World, region: string, name: string): string {
  const faults = faultsOn(world, region, name);
  return faults.length === 0 ? '' : ` Broken on purpose: ${faults.join(', ')}.`;
}
