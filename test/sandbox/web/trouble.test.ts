import { describe, expect, it } from '@jest/globals';
import { noMailFaults } from '../../../sandbox/mail/faults.ts';
import type { RecoveryNews } from '../../../sandbox/recovery-news.ts';
import { adviceFor } from '../../../sandbox/web/src/trouble/advice.ts';
import { brokenNow } from '../../../sandbox/web/src/trouble/broken.ts';
import { inForce, offersIn } from '../../../sandbox/web/src/trouble/offers.ts';
import type { FarEndFaults } from '../../../sandbox/web/src/trouble/types.ts';
import { noFaults } from '../../../sandbox/wire/faults.ts';
import { createWorld } from '../../../src/sim/index.ts';
import { createCloud, east, west } from '../../sim/cloud.ts';
import { exampleCloud } from '../../support/example-cloud.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { person } from './person.ts';

const whole = (): FarEndFaults => ({
  slack: { ...noFaults(), rateLimitedUntil: null },
  statuspage: noFaults(),
  mail: noMailFaults(),
  pager: noFaults(),
});

const broken = (of: Partial<Parameters<typeof brokenNow>[0]> = {}) =>
  brokenNow({ world: createCloud().world.view(), faults: whole(), people: [], ...of });

describe('what can be broken', () => {
  it('is what the world has: every Region, replica and service', () => {
    const labels = offersIn(createCloud().world.view()).flatMap(({ offers }) => offers.map(({ label }) => label));
    expect(labels).toEqual(
      expect.arrayContaining([
        `${east} goes dark`,
        `${west} goes dark`,
        'dr-database is two hours behind',
        'Promoting dr-database fails',
        'Promoting dr-database never ends',
        'prod-cluster starts no tasks',
        'Every call is throttled',
      ]),
    );
    expect(labels.filter((label) => label.includes('prod-database'))).toEqual([]);
  });

  it('says why no database can be broken once no replica is left', () => {
    const view = createCloud().world.view();
    const databases = (world: typeof view) => offersIn(world).find(({ title }) => title === 'Databases');
    expect(databases(view)).not.toHaveProperty('none');
    const regions = view.regions.map((region) => ({
      ...region,
      databases: region.databases.map((one) => ({ ...one, role: 'primary' as const })),
    }));
    expect(databases({ ...view, regions })).toMatchObject({ offers: [], none: expect.stringMatching(/npm start/) });
    const bare = view.regions.map((region) => ({ ...region, databases: [] }));
    expect(databases({ ...view, regions: bare })).toBeUndefined();
  });

  it('is taken by the world, found in force, and mended', () => {
    const { world } = createCloud();
    const offers = offersIn(world.view()).flatMap((group) => group.offers);
    for (const offer of offers) {
      expect(inForce(world.view(), offer)).toBeUndefined();
      const id = world.setFault(offer.fault);
      expect(inForce(world.view(), offer)?.id).toBe(id);
      expect(broken({ world: world.view() })).toMatchObject([{ key: id, mend: { path: 'world/mend', body: { id } } }]);
      world.clearFault(id);
    }
    expect(broken({ world: world.view() })).toEqual([]);
  });

  it('is what a failover meets, and nothing else, where the world has no more', () => {
    const groups = offersIn(createCloud().world.view());
    expect(groups.map(({ title, folded = false }) => [title, folded])).toEqual([
      ['Regions', false],
      ['Databases', false],
      ['Tasks and calls', false],
    ]);
    expect(groups.at(-1)?.offers.map(({ label }) => label)).toEqual([
      'prod-cluster starts no tasks',
      'dr-cluster starts no tasks',
      'Every call is throttled',
      'The promotion takes effect, but its answer is lost',
    ]);
  });

  it.each([
    ['contractorlens', ['Backups of databases', 'Images', 'Buckets', 'Volumes']],
    ['flight-data', ['Tables', 'Functions', 'Buckets', 'Stacks']],
  ] as const)('is folded by families in %s, and every one of it can be set and mended', (name, titles) => {
    const world = createWorld({ clock: createManualClock(), estate: exampleCloud(name) });
    const groups = offersIn(world.view());
    expect(groups.filter(({ folded }) => folded).map(({ title }) => title)).toEqual(titles);
    expect(groups.flatMap(({ none }) => none ?? [])).toEqual([]);
    const offers = groups.flatMap((group) => group.offers);
    expect(new Set(offers.map(({ label }) => label)).size).toBe(offers.length);
    for (const { fault } of offers.filter((offer) => !/deleted/.test(offer.label))) {
      const id = world.setFault(fault);
      expect(offersIn(world.view()).flatMap((group) => group.offers)).toContainEqual(
        expect.objectContaining({ fault }),
      );
      expect(broken({ world: world.view() })).toMatchObject([{ key: id }]);
      world.clearFault(id);
    }
  });

  it('says that what was deleted is gone until it is restored or dismissed', async () => {
    const world = createWorld({ clock: createManualClock(), estate: exampleCloud('flight-data') });
    const find = (label: string) =>
      offersIn(world.view())
        .flatMap(({ offers }) => offers)
        .find((offer) => offer.label === label) ?? missing(label);
    const label = 'flightdata-config is deleted';
    const id = world.setFault(find(label).fault);
    expect(inForce(world.view(), find(label))?.id).toBe(id);
    expect(broken({ world: world.view() })).toMatchObject([{ mend: { word: 'Dismiss', body: { id } } }]);
    const backups = await world.call({ service: 'dynamodb', command: 'ListBackups', region: east, input: {} });
    const { output } = backups as unknown as {
      output: { BackupSummaries: { TableName: string; BackupArn: string }[] };
    };
    const backup = output.BackupSummaries.find(({ TableName }) => TableName === 'flightdata-config');
    const input = { TargetTableName: 'flightdata-config', BackupArn: backup?.BackupArn };
    const restored = { service: 'dynamodb', command: 'RestoreTableFromBackup', region: east, input };
    expect(await world.call(restored)).toMatchObject({ ok: true });
    expect(broken({ world: world.view() })).toEqual([]);
    expect(inForce(world.view(), find(label))).toBeUndefined();
  });

  it('says when rows were lost, and of which database by the name that it has now', async () => {
    const clock = createManualClock('2026-03-01T12:00:00Z');
    const world = createWorld({ clock, estate: exampleCloud('contractorlens') });
    const region = 'us-west-2';
    const lost = { kind: 'rows-lost', region, instance: 'contractorlens-db', table: 'items' } as const;
    world.setFault({ ...lost, rows: 500, minutes: 30 });
    const seen = () => broken({ world: world.view() }).map(({ words, since }) => [words, since]);
    const since = '2026-03-01T11:30:00.000Z';
    expect(seen()).toEqual([['The table items of contractorlens-db lacks 500 rows', since]]);
    const input = {
      DBInstanceIdentifier: 'contractorlens-db',
      NewDBInstanceIdentifier: 'aside',
      ApplyImmediately: true,
    };
    expect(await world.call({ service: 'rds', command: 'ModifyDBInstance', region, input })).toMatchObject({
      ok: true,
    });
    await clock.advance(10 * 60_000);
    expect(seen()).toEqual([['The table items of aside lacks 500 rows', since]]);
    const away = { DBInstanceIdentifier: 'aside', SkipFinalSnapshot: true };
    expect(await world.call({ service: 'rds', command: 'DeleteDBInstance', region, input: away })).toMatchObject({
      ok: true,
    });
    await clock.advance(60 * 60_000);
    expect(seen()).toEqual([['No database lacks the rows that contractorlens-db lost', since]]);
  });

  it('is over once it has struck as often as it was to', async () => {
    const { world } = createCloud();
    world.setFault({ kind: 'call', fails: 'error', service: 'rds', times: 1 });
    const seen = () => broken({ world: world.view() });
    expect(seen().map(({ words }) => words)).toEqual(['Every call: refused with an error']);
    await world.call({ service: 'rds', command: 'DescribeDBInstances', region: west, input: {} });
    expect(seen()).toEqual([]);
  });
});

describe('what is broken around Muster', () => {
  it('is said and mended one by one', () => {
    const faults = whole();
    faults.slack = { down: '503', slowMs: 2000, lose: { times: 1, of: '' }, rateLimitedUntil: '2026-01-01T10:00:00Z' };
    faults.pager.down = 'refused';
    const found = broken({ faults });
    expect(found.map(({ mend }) => mend.body)).toEqual([
      { target: 'slack', down: 'no' },
      { target: 'slack', slowMs: 0 },
      { target: 'slack', lose: { times: 0 } },
      { target: 'slack', rateLimitedSeconds: 0 },
      { target: 'pager', down: 'no' },
    ]);
    expect(found[0]?.words).toBe('Slack is down');
    expect(found.map(({ mend }) => mend.word)).toEqual(['Bring back', 'Mend', 'Call off', 'Lift', 'Bring back']);
  });
});

describe('while an approver sleeps', () => {
  const asked = { what: 'failover', code: 'ABC123', missing: 1, of: ['ben', 'eva'] };
  const news = { incident: { asked: [asked] } } as unknown as RecoveryNews;
  const people = (ben: boolean, eva: boolean) => [
    person('ana', ['commanders'], false),
    person('ben', ['approvers'], ben),
    person('eva', ['approvers'], eva),
  ];

  it('is said who else may', () => {
    expect(adviceFor(news, people(true, false), '/dr')).toEqual(['Eva may approve failover (ABC123) as well.']);
  });

  it('is said how to go on when nobody else may', () => {
    expect(adviceFor(news, people(true, true), '/dr')).toEqual([
      expect.stringMatching(/ladder.*Ana may go on without them, by \/dr break-glass ABC123/),
    ]);
  });

  it('is nothing to say where everybody is awake, or nothing is asked', () => {
    expect(adviceFor(news, people(false, false), '/dr')).toEqual([]);
    expect(adviceFor(null, people(true, true), '/dr')).toEqual([]);
  });

  it('is one of the things that are broken', () => {
    expect(broken({ people: people(true, false) })).toMatchObject([
      { words: '💤 Ben is asleep', mend: { word: 'Wake', body: { user: 'U0BEN', asleep: false } } },
    ]);
  });
});

function missing(label: string): never {
  throw new Error(`Nothing offers: ${label}.`);
}
