import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { systemClock } from '../../src/clock/system-clock.ts';
import { type OpenStore, openStore, type StoreOptions, type Subscriber } from '../../src/store/open.ts';
import { copyMadeStore } from './made-store.ts';
import { describeWith } from './needs.ts';
import { type Postgres, startPostgres } from './postgres.ts';

/** Where a store's rows are: give it to `openStore` again to open the same rows. */
export type Place = { databaseUrl: string } | { dataDir: string };

export interface Stores {
  kind: OpenStore['kind'];
  /** A new place, without rows. */
  place(): Promise<Place>;
  /** A place where nothing has been opened yet. */
  bare(): Promise<Place>;
  open(place: Place, options?: Partial<Omit<StoreOptions, 'databaseUrl' | 'dataDir'>>): Promise<OpenStore>;
}

/** Runs the same suite on the embedded store and, where it is installed, on PostgreSQL. */
export function describeStores(name: string, suite: (stores: Stores) => void): void {
  describe(`${name} (embedded)`, () => suite(embeddedStores()));
  describeWith('postgres', `${name} (PostgreSQL)`, () => suite(postgresStores()));
}

/** For `beforeAll`: one store for a file, with its rows in a place of its own. */
export function useStore(stores: Stores, subscribers: readonly Subscriber[] = []): () => OpenStore {
  let store: OpenStore | undefined;
  beforeAll(async () => {
    store = await stores.open(await stores.place(), { subscribers });
  });
  afterAll(async () => store?.close());
  return () => {
    if (!store) throw new Error('The store is open only while tests run.');
    return store;
  };
}

export function embeddedStores(): Stores {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  const bare = async (): Promise<{ dataDir: string }> => {
    const dataDir = mkdtempSync(join(tmpdir(), 'muster-store-'));
    folders.push(dataDir);
    return { dataDir };
  };
  return {
    kind: 'embedded',
    bare,
    async place() {
      const place = await bare();
      await copyMadeStore(place.dataDir);
      return place;
    },
    open,
  };
}

export function postgresStores(): Stores & { server: () => Postgres } {
  let started: Postgres | undefined;
  const server = (): Postgres => {
    if (!started) throw new Error('PostgreSQL runs only while tests do.');
    return started;
  };
  beforeAll(async () => {
    started = await startPostgres();
  });
  afterAll(async () => started?.stop());
  const bare = async (): Promise<Place> => ({ databaseUrl: await server().createDatabase() });
  return {
    kind: 'postgres',
    server,
    bare,
    place: bare,
    open,
  };
}

function open(place: Place, options: Parameters<Stores['open']>[1] = {}): Promise<OpenStore> {
  return openStore({ purpose: 'sandbox', subscribers: [], clock: systemClock, ...options, ...place });
}
