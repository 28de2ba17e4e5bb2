import { describe, expect, it } from '@jest/globals';
import { describeWorld, headlineOf, overlapOf } from '../../../sandbox/web/src/world/describe.ts';
import {
  answerOf,
  databaseMark,
  flowsOf,
  isSplit,
  linksOf,
  tasksOf,
  type World,
} from '../../../sandbox/web/src/world/facts.ts';
import type { CloudCall, FaultInput } from '../../../src/sim/index.ts';
import { createCloud, east, minutes, seconds, west } from '../../sim/cloud.ts';

const service = { cluster: 'dr-cluster', service: 'app-service' };
const change = (call: Omit<CloudCall, 'region'>): CloudCall => ({ region: west, ...call });
const promote = change({
  service: 'rds',
  command: 'PromoteReadReplica',
  input: { DBInstanceIdentifier: 'dr-database' },
});
const scale = (count: number) =>
  change({ service: 'ecs', command: 'UpdateService', input: { ...service, desiredCount: count } });
const throwSwitch = change({
  service: 's3',
  command: 'PutObject',
  input: { Bucket: 'acme-dr-switch-us-west-2', Key: 'serve-from-us-west-2', Body: 'x' },
});

/** What the picture shows of the example company's cloud after these faults, calls and times. */
async function seen(...events: (FaultInput | CloudCall | number)[]): Promise<World> {
  const { world, pass } = createCloud();
  for (const event of events) {
    if (typeof event === 'number') await pass(event);
    else if ('kind' in event) world.setFault(event);
    else expect(await world.call(event)).toMatchObject({ ok: true });
  }
  return world.view();
}

function regionOf(world: World, name: string): World['regions'][number] {
  const region = world.regions.find((one) => one.region === name);
  if (!region) throw new Error(`There is no Region ${name}.`);
  return region;
}

function marksOf(world: World): string[] {
  return world.regions.flatMap((region) => region.databases.map((one) => databaseMark(world, region, one).text));
}

const dark: FaultInput = { kind: 'region-dark', region: east };

describe('the cloud in words', () => {
  it('says who is served from where, and who takes writes', async () => {
    const world = await seen();
    expect(headlineOf(world)).toBe(
      'People at api.dr.example.com are sent to us-east-1 and are served. prod-database in us-east-1 takes writes.',
    );
    expect(describeWorld(world)).toEqual([
      'Switch not thrown: s3://acme-dr-switch-us-west-2/serve-from-us-west-2 is not there.',
      'app-service in us-east-1: 10 of 10 tasks run, 10 of 10 targets are healthy.',
      'prod-database in us-east-1: primary, takes writes.',
      'app-service in us-west-2: 1 of 1 tasks run, 1 of 1 targets are healthy.',
      'dr-database in us-west-2: replica, read-only.',
      expect.stringMatching(/^Replication from prod-database to dr-database flows, [123] s behind\.$/),
    ]);
  });

  it('says that a dark Region does not answer, and that nobody takes writes', async () => {
    const world = await seen(dark, 2 * minutes);
    expect(headlineOf(world)).toBe(
      'us-east-1 does not answer. People at api.dr.example.com are sent to us-east-1 and get no answer. No database takes writes.',
    );
    expect(describeWorld(world)).toContainEqual(
      expect.stringMatching(/^Replication from prod-database to dr-database is cut, 2 min \d s behind\.$/),
    );
  });

  it('shouts when two databases take writes, and keeps for how long they did', async () => {
    const split = await seen(promote, 10 * minutes);
    expect(isSplit(split)).toBe(true);
    expect(headlineOf(split)).toContain(
      'Danger: 2 databases take writes at once, prod-database in us-east-1 and dr-database in us-west-2.',
    );
    const over = await seen(promote, 10 * minutes, dark, 1 * minutes);
    expect(isSplit(over)).toBe(false);
    expect(overlapOf(over)).toEqual([expect.stringMatching(/^Two databases took writes at once for \d min/)]);
  });

  it('names what was broken on purpose beside what it is about', async () => {
    const world = await seen(
      { kind: 'tasks-do-not-start', region: west, ...service },
      { kind: 'replica-lag', region: west, instance: 'dr-database', seconds: 300 },
    );
    const broken = describeWorld(world).filter((sentence) => sentence.includes('Broken on purpose'));
    expect(broken).toEqual([
      expect.stringMatching(/^app-service in us-west-2: .* Broken on purpose: tasks do not start\.$/),
      'dr-database in us-west-2: replica, read-only. Broken on purpose: replica lag.',
    ]);
  });
});

describe('what the picture shows', () => {
  it('has where people are moving to beside where they are sent until their resolvers have heard', async () => {
    const at = [dark, scale(10), promote, 15 * minutes, throwSwitch] as const;
    expect(flowsOf(await seen(...at))).toEqual([{ name: 'api.dr.example.com', region: east, next: null }]);
    expect(flowsOf(await seen(...at, 60 * seconds))).toMatchObject([{ region: east, next: west }]);
    const moved = await seen(...at, 5 * minutes);
    expect(flowsOf(moved)).toMatchObject([{ region: west, next: null }]);
    expect(headlineOf(moved)).toContain('are sent to us-west-2 and are served');
  });

  it('answers people only where a target is healthy and a database takes writes', async () => {
    expect(answerOf(regionOf(await seen(), east))).toBe('served');
    expect(answerOf(regionOf(await seen(dark), east))).toBe('silence');
    expect(answerOf(regionOf(await seen(), west))).toBe('errors');
    expect(answerOf(regionOf(await seen(promote, 10 * minutes), west))).toBe('served');
  });

  it('has a square for each task: running, starting, stopping, and wanted but not even starting', async () => {
    const squares = async (...events: Parameters<typeof seen>) => {
      const service = regionOf(await seen(...events), west).services[0] ?? missing();
      const tasks = tasksOf(service);
      return Object.fromEntries(tasks.map((task) => [task, tasks.filter((one) => one === task).length]));
    };
    expect(await squares()).toEqual({ running: 1 });
    expect(await squares(scale(4))).toEqual({ running: 1, missing: 3 });
    expect(await squares(scale(4), 10 * seconds)).toEqual({ running: 1, starting: 3 });
    expect(await squares(scale(4), 5 * minutes, scale(1), 10 * seconds)).toEqual({ running: 1, stopping: 3 });
  });

  it('marks a database by what it is becoming, and a primary that nobody writes to', async () => {
    expect(marksOf(await seen())).toEqual(['takes writes', 'read-only']);
    expect(marksOf(await seen(promote, 1 * minutes))).toEqual(['takes writes', 'modifying']);
    expect(marksOf(await seen(dark, promote, 10 * minutes))).toEqual(['out of reach', 'takes writes']);
    expect(marksOf(await seen(promote, 10 * minutes, scale(0), 1 * minutes))).toEqual([
      'takes writes',
      'nobody writes',
    ]);
  });

  it('has a line to each replica, cut where nothing comes through, gone once it is promoted', async () => {
    const [link] = linksOf(await seen());
    expect(link).toMatchObject({ from: { id: 'prod-database' }, to: { id: 'dr-database' }, flowing: true });
    const cut: FaultInput = { kind: 'replication-broken', region: west, instance: 'dr-database' };
    expect(linksOf(await seen(cut))).toMatchObject([{ flowing: false }]);
    expect(linksOf(await seen(promote, 10 * minutes))).toEqual([]);
  });
});

function missing(): never {
  throw new Error('The Region has no service.');
}
