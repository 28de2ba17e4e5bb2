import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { StoreHeld, StoreUnreachable, WrongPurpose } from '../../src/store/failures.ts';
import { describeWith } from '../support/needs.ts';
import { type Program, runProgram } from '../support/program.ts';
import { describeStores, embeddedStores, type Place, postgresStores } from '../support/stores.ts';

const failure = (opening: Promise<unknown>): Promise<unknown> =>
  opening.then(
    () => {
      throw new Error('It opened.');
    },
    (error: unknown) => error,
  );

describeStores('opening a store', (stores) => {
  it('keeps its rows and runs each migration once', async () => {
    const place = await stores.bare();
    const first = await stores.open(place);
    await first.tx((tx) => tx.query(`insert into seen_request values ('kept', now())`));
    await first.close();
    const second = await stores.open(place);
    const rows = await second.tx((tx) => tx.query('select signature from seen_request'));
    const migrations = await second.tx((tx) => tx.query<{ name: string }>('select name from migration'));
    await second.close();
    expect(rows).toEqual([{ signature: 'kept' }]);
    expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
    expect(migrations.length).toBeGreaterThan(0);
  });

  it('refuses a store of the other purpose, both ways', async () => {
    for (const [purpose, other] of [
      ['sandbox', 'real'],
      ['real', 'sandbox'],
    ] as const) {
      const place = await stores.bare();
      await (await stores.open(place, { purpose })).close();
      const error = await failure(stores.open(place, { purpose: other }));
      expect(error).toBeInstanceOf(WrongPurpose);
      expect(String(error)).toContain(`stamped ${purpose} and was opened as ${other}`);
      await (await stores.open(place, { purpose })).close();
    }
  });
});

describe('the embedded store', () => {
  const stores = embeddedStores();
  let holder: Program | undefined;
  afterEach(() => holder?.kill());

  it('is held by one process, which a second is told of, until that one is killed', async () => {
    const place = (await stores.place()) as { dataDir: string };
    holder = runProgram(new URL('./fixtures/holder.ts', import.meta.url), place);
    await holder.line('open');
    const error = await failure(stores.open(place));
    expect(error).toBeInstanceOf(StoreHeld);
    expect(error).toMatchObject({ pid: holder.child.pid, controlSocket: `${place.dataDir}/control.sock` });
    expect(String(error)).toContain(`process ${holder.child.pid}`);
    // Who holds it is known also where somebody removed the folder under it.
    await rm(join(place.dataDir, 'holder.pid'));
    expect(await failure(stores.open(place))).toMatchObject({ pid: holder.child.pid });
    await holder.kill();
    const store = await stores.open(place);
    expect(await store.tx((tx) => tx.query('select signature from seen_request'))).toEqual([{ signature: 'held' }]);
    expect(await failure(stores.open(place))).toMatchObject({ pid: process.pid });
    await store.close();
  });
});

describeWith('postgres', 'a PostgreSQL store', () => {
  const stores = postgresStores();

  it('is migrated once by processes that start together', async () => {
    const place = await stores.place();
    const opened = await Promise.all([1, 2, 3].map(() => stores.open(place)));
    const [row] = (await opened[0]?.tx((tx) => tx.query('select count(*)::int as stamps from stamp'))) ?? [];
    await Promise.all(opened.map((store) => store.close()));
    expect(row).toEqual({ stamps: 1 });
  });

  it('tells its outage from other errors', async () => {
    const store = await stores.open(await stores.place());
    await stores.server().interrupt();
    expect(await failure(store.tx((tx) => tx.query('select 1')))).toBeInstanceOf(StoreUnreachable);
    await stores.server().start();
    expect(await store.tx((tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
    await store.close();
  });

  it('has no database of that name', async () => {
    const { databaseUrl } = (await stores.place()) as { databaseUrl: string };
    const error = await failure(stores.open({ databaseUrl: databaseUrl.replace(/[^/]+$/, 'absent') }));
    expect(String(error)).toMatch(/Cannot use the database absent at 127.0.0.1:\d+: there is no database of that name/);
  });
});

describe('an unreachable database', () => {
  const { open } = embeddedStores();

  it.each<[string, string, RegExp]>([
    [
      'nothing listens',
      'postgresql://ana:s3cret@127.0.0.1:1/muster',
      /database muster at 127\.0\.0\.1:1: nothing listens/,
    ],
    ['no such host', 'postgresql://ana:s3cret@muster.invalid/muster', /muster\.invalid:5432: (its host|it does not)/],
    ['not a URL', 's3cret', /the database that DATABASE_URL names/],
  ])('is named in one sentence without the password: %s', async (_, databaseUrl, sentence) => {
    const place: Place = { databaseUrl };
    const error = await failure(open(place));
    expect(error).toBeInstanceOf(StoreUnreachable);
    expect(String(error)).toMatch(sentence);
    expect(String(error)).not.toContain('s3cret');
  });
});
