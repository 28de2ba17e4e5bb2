import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { claimStoreFolder } from '../../sandbox/store-folder.ts';

const nobody = 2 ** 22 + 1;
let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster-store-'));
});
afterEach(async () => await rm(root, { recursive: true }));

it('empties the folder that an ended sandbox left', async () => {
  const folder = await claimStoreFolder(root, nobody);
  await writeFile(join(folder, 'old'), '');
  expect(await claimStoreFolder(root, process.pid)).toBe(folder);
  expect(await readdir(folder)).toEqual([]);
});

it('leaves alone the folder of a sandbox that still runs', async () => {
  const folder = await claimStoreFolder(root, process.pid);
  await writeFile(join(folder, 'kept'), '');
  expect(await claimStoreFolder(root, nobody)).not.toBe(folder);
  expect(await readdir(folder)).toEqual(['kept']);
});
