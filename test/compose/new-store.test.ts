import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock/system-clock.ts';
import { copyNewStore } from '../../src/compose/new-store.ts';
import { openStore } from '../../src/store/open.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster-new-store-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const cache = (): string => join(root, 'cache');

async function countIncidents(dataDir: string): Promise<unknown> {
  const store = await openStore({ dataDir, purpose: 'sandbox', subscribers: [], clock: systemClock });
  try {
    return await store.tx((tx) => tx.query('select count(*)::int as incidents from incident'));
  } finally {
    await store.close();
  }
}

describe('a new store', () => {
  it('is made once, also for two that begin at once, and copied after that', async () => {
    await Promise.all(['a', 'b'].map((name) => copyNewStore(cache(), join(root, name))));
    const made = await readdir(cache());
    expect(made).toEqual([expect.stringMatching(/^new-store-[0-9a-f]{16}$/)]);
    expect(await countIncidents(join(root, 'b'))).toEqual([{ incidents: 0 }]);
    await writeFile(join(cache(), made[0] ?? '', 'store', 'mark'), '');
    await copyNewStore(cache(), join(root, 'c'));
    expect(existsSync(join(root, 'c', 'store', 'mark'))).toBe(true);
  });
});
