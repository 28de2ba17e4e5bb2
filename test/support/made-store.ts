import { join } from 'node:path';
import { copyNewStore } from '../../src/compose/new-store.ts';

const cache = join(import.meta.dirname, '../../node_modules/.cache/muster');

/** Puts a store in which nothing has happened into `dataDir`; the one that is copied outlives the tests. */
export const copyMadeStore = (dataDir: string): Promise<void> => copyNewStore(cache, dataDir);
