import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEmbedded } from '../../src/store/embedded.ts';
import { copyNewCluster } from '../../src/store/new-cluster.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster-new-cluster-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const cache = (): string => join(root, 'cache');
const data = (name: string): string => join(root, name);

async function tablesIn(dataDir: string): Promise<unknown> {
  const { pool, close } = await openEmbedded(dataDir);
  try {
    return (await pool.query("select count(*)::int as n from pg_tables where schemaname = 'public'")).rows;
  } finally {
    await close();
  }
}

describe('a new cluster', () => {
  it('opens, with nothing in it', async () => {
    await copyNewCluster(cache(), data('a'));
    expect(await tablesIn(data('a'))).toEqual([{ n: 0 }]);
  });

  it('is made once, also by two that begin at once, and copied after that', async () => {
    await Promise.all([copyNewCluster(cache(), data('a')), copyNewCluster(cache(), data('b'))]);
    const made = await readdir(cache());
    expect(made).toEqual([expect.stringMatching(/^new-cluster-\d+\.\d+\.\d+$/)]);
    await writeFile(join(cache(), made[0] ?? '', 'mark'), '');
    await copyNewCluster(cache(), data('c'));
    expect(existsSync(join(data('c'), 'store', 'mark'))).toBe(true);
    expect(await tablesIn(data('b'))).toEqual([{ n: 0 }]);
  });
});
