import { describe, expect, it } from '@jest/globals';
import { headlineOf } from '../../../sandbox/web/src/world/describe.ts';
import { answerOf, type Region, type World } from '../../../sandbox/web/src/world/facts.ts';
import { familiesOf, foldRows, type Row } from '../../../sandbox/web/src/world/families.ts';
import { layOut, size } from '../../../sandbox/web/src/world/layout.ts';
import { createWorld, type FaultInput } from '../../../src/sim/index.ts';
import { createCloud } from '../../sim/cloud.ts';
import { type Example, exampleCloud } from '../../support/example-cloud.ts';
import { createManualClock } from '../../support/manual-clock.ts';

function viewOf(name: Example, ...faults: FaultInput[]): World {
  const world = createWorld({ clock: createManualClock(), estate: exampleCloud(name) });
  for (const fault of faults) world.setFault(fault);
  return world.view();
}

function regionOf(world: World, name: string): Region {
  const region = world.regions.find((one) => one.region === name);
  if (!region) throw new Error(`There is no Region ${name}.`);
  return region;
}

const flights = viewOf('flight-data');
const east = regionOf(flights, 'us-east-1');
const titles = (region: Region) => familiesOf(region).map(({ title }) => title);
const rowsOf = (region: Region, title: string): Row[] =>
  familiesOf(region).find((family) => family.title === title)?.rows ?? [];
const table = (change: Partial<Region['tables'][number]>): Region['tables'][number] => ({
  name: 'flights',
  status: 'active',
  items: 1200,
  restoredFrom: null,
  writesDenied: false,
  written: [],
  ...change,
});
const withTables = (...tables: Region['tables']): Region => ({ ...east, tables });

describe('what a Region has beside services and databases', () => {
  it('is shown by families, and nothing where there is nothing', () => {
    expect(titles(east)).toEqual(['Tables', 'Functions', 'Buckets', 'Stacks']);
    expect(titles(regionOf(flights, 'us-west-2'))).toEqual(['Pointers', 'Buckets', 'Stacks']);
    for (const region of createCloud().world.view().regions) expect(titles(region)).toEqual([]);
  });

  it.each([
    [table({}), '1,200 items', 'plain'],
    [table({ items: 1 }), '1 item', 'plain'],
    [table({ status: 'restoring', items: 0 }), 'restoring', 'warn'],
    [table({ status: 'backing up' }), 'backing up', 'warn'],
    [table({ writesDenied: true }), 'writes denied', 'warn'],
    [table({ status: 'key out of reach' }), 'key out of reach', 'bad'],
  ])('says of the table %j: %s', (one, state, tone) => {
    expect(rowsOf(withTables(one), 'Tables')).toMatchObject([{ name: 'flights', state, tone }]);
  });

  it('has the pointer beside the table that it leads to, and misses what is gone', () => {
    const main = rowsOf(east, 'Tables').find(({ name }) => name === 'flightdata-main');
    expect(main?.note).toContain('← /flightdata/tables/main');
    const lost = viewOf('flight-data', { kind: 'table-lost', region: 'us-east-1', table: 'flightdata-main' });
    expect(rowsOf(regionOf(lost, 'us-east-1'), 'Pointers')).toMatchObject([
      { name: '/flightdata/tables/main', state: '→ flightdata-main, not here', tone: 'warn' },
    ]);
    const [atRest] = rowsOf(regionOf(flights, 'us-west-2'), 'Pointers');
    expect(atRest).toMatchObject({ state: '→ flightdata-main, not here', tone: 'plain' });
  });

  it('says what stands still of a function, what a bucket has not replicated, and how a stack failed', () => {
    const [fn] = east.functions;
    const [bucket] = east.buckets.filter(({ replicatesTo }) => replicatesTo.length > 0);
    const [stack] = east.stacks;
    if (!fn || !bucket || !stack) throw new Error('The example has all three.');
    const region: Region = {
      ...east,
      functions: [{ ...fn, throttled: true, sources: { on: 0, of: 1 } }],
      buckets: [{ ...bucket, objects: 9, pending: 3, failed: 2 }],
      stacks: [{ ...stack, status: 'UPDATE_ROLLBACK_FAILED', reason: 'Capacity failed.' }],
    };
    expect(rowsOf(region, 'Functions')).toMatchObject([{ state: 'throttled to 0, event source off', tone: 'warn' }]);
    expect(rowsOf(region, 'Buckets')).toMatchObject([
      { state: '9 objects, replicates, 3 pending, 2 failed', tone: 'bad' },
    ]);
    expect(rowsOf(region, 'Stacks')).toMatchObject([
      { state: 'update rollback failed', tone: 'bad', note: 'Capacity failed.' },
    ]);
  });

  it('folds many, and keeps what is not at rest in sight', () => {
    const many = Array.from({ length: 12 }, (_, at) =>
      table({ name: `t${at}`, status: at === 11 ? 'restoring' : 'active' }),
    );
    const { shown, more } = foldRows(rowsOf(withTables(...many), 'Tables'));
    expect(shown.map(({ name }) => name)).toEqual(['t11', 't0', 't1', 't2']);
    expect(more).toHaveLength(8);
    expect(foldRows(rowsOf(withTables(...many.slice(0, 5)), 'Tables'))).toMatchObject({ more: [] });
  });
});

describe('a cloud of functions and tables', () => {
  it('serves people where its gateway answers, and speaks of no database', () => {
    expect(answerOf(east)).toBe('served');
    expect(headlineOf(flights)).toBe('People at api.flightdata.example are sent to us-east-1 and are served.');
    const lost = viewOf('flight-data', { kind: 'functions-lost', region: 'us-east-1', prefix: 'flightdata-api' });
    expect(headlineOf(lost)).toContain('and get errors');
  });

  it('is said aloud where it is not at rest, a few at most', () => {
    const restoring = (many: number) =>
      Array.from({ length: many }, (_, at) => table({ name: `t${at}`, status: 'restoring' }));
    const said = (many: number) => headlineOf({ ...flights, regions: [withTables(...restoring(many))] });
    expect(said(1)).toContain('t0 in us-east-1: restoring.');
    expect(said(9)).toMatch(/t1 in us-east-1: restoring\. And \d+ more\.$/);
  });

  it('has Regions that are no more than their heads, with nothing above them where nobody is sent anywhere', () => {
    const bare = layOut({ ...flights, traffic: [], healthChecks: [] });
    expect(bare.regions.map(({ y, height }) => [y, height])).toEqual([
      [0, size.head + size.pad],
      [0, size.head + size.pad],
    ]);
  });
});
