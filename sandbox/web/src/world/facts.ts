import type { WorldView } from '../../../../src/sim/world/view.ts';

/** The simulated cloud as the server tells it: its time is the clock's slice. */
export type World = Omit<WorldView, 'now' | 'scale'>;
export type Region = World['regions'][number];
export type Service = Region['services'][number];
export type Database = Region['databases'][number];
export type Tone = 'good' | 'bad' | 'warn' | 'plain';

/** Where the people behind one name are sent, and where they will be once their resolvers have heard. */
export interface Flow {
  name: string;
  region: string | null;
  /** Null unless it is another than `region`. */
  next: string | null;
}

export function flowsOf(world: World): Flow[] {
  return world.traffic.map(({ name, region, nextRegion }) => ({
    name,
    region,
    next: nextRegion === region ? null : nextRegion,
  }));
}

export type Answer = 'served' | 'errors' | 'silence';

/** What people who are sent there get: served where a target is healthy and a database takes writes, or functions answer. */
export function answerOf(region: Region): Answer {
  if (region.dark) return 'silence';
  if (region.gateways.some(({ answers }) => answers)) return 'served';
  const healthy = region.services.some((service) => service.targets.healthy > 0);
  const writable = region.databases.length === 0 || region.databases.some((database) => database.acceptsWrites);
  return healthy && writable ? 'served' : 'errors';
}

export type Task = 'running' | 'starting' | 'stopping' | 'missing';

/** One for each square: what runs, what is on its way in or out, and what is wanted and not even starting. */
export function tasksOf({ running, pending, draining, desired }: Service): Task[] {
  const many = (count: number, task: Task): Task[] => Array.from({ length: Math.max(0, count) }, () => task);
  return [
    ...many(running, 'running'),
    ...many(pending, 'starting'),
    ...many(desired - running - pending, 'missing'),
    ...many(draining, 'stopping'),
  ];
}

export function isHeld({ autoscaling }: Service): boolean {
  return autoscaling !== null && Object.values(autoscaling.suspended).some(Boolean);
}

export function isWriter(world: World, region: string, id: string): boolean {
  return world.writers.now.some((writer) => writer.region === region && writer.id === id);
}

/** More than one database is written to at this moment. */
export function isSplit(world: World): boolean {
  return world.writers.now.length > 1;
}

export interface Mark {
  text: string;
  tone: Tone;
}

/** The one thing to know of a database beside its role. */
export function databaseMark(world: World, region: Region, database: Database): Mark {
  if (region.dark) return { text: 'out of reach', tone: 'plain' };
  if (database.status !== 'available' && database.status !== 'backing-up') {
    const broken = /failed|incompatible|storage-full/.test(database.status);
    return { text: database.status, tone: broken ? 'bad' : 'warn' };
  }
  if (isWriter(world, region.region, database.id)) {
    return { text: 'takes writes', tone: isSplit(world) ? 'bad' : 'good' };
  }
  return { text: database.acceptsWrites ? 'nobody writes' : 'read-only', tone: 'plain' };
}

export interface Link {
  from: { region: string; id: string };
  to: { region: string; id: string };
  flowing: boolean;
  lagSeconds: number | null;
}

/** Each replica's line to what it copies. */
export function linksOf(world: World): Link[] {
  const dark = new Set(world.regions.filter((region) => region.dark).map((region) => region.region));
  return world.regions.flatMap(({ region, databases }) =>
    databases.flatMap(({ id, source, replicating, lagSeconds }) => {
      if (source === null) return [];
      const flowing = replicating && !dark.has(region) && !dark.has(source.region);
      return [{ from: source, to: { region, id }, flowing, lagSeconds }];
    }),
  );
}

/** What somebody broke about one thing, in the fault's own words. Lost rows are of the database that lost them, whatever has its name now. */
export function faultsOn(world: World, region: string, name: string): string[] {
  const here = world.regions.find((one) => one.region === region);
  const damagedBy = here?.databases.find(({ id }) => id === name)?.damagedBy ?? [];
  return world.faults.flatMap(({ id, fault }) => {
    if (fault.kind === 'rows-lost') return damagedBy.includes(id) ? ['rows lost'] : [];
    const named =
      ('instance' in fault && fault.instance === name) ||
      (fault.kind === 'tasks-do-not-start' && fault.service === name);
    return named && fault.region === region ? [fault.kind.replaceAll('-', ' ')] : [];
  });
}
