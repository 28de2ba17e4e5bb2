import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { loadAll, warnOfLoaded } from '../../src/compose/load.ts';

let homeDir = '';
beforeEach(async () => {
  homeDir = await mkdtemp(join(tmpdir(), 'muster-home-'));
  await cp('examples/acme/muster.yml', join(homeDir, 'muster.yml'));
  await mkdir(join(homeDir, 'templates'));
});
afterEach(() => rm(homeDir, { recursive: true }));

it('a home with a broken template is loaded, speaks by the shipped one, and the log says so', async () => {
  await writeFile(join(homeDir, 'templates/closed.hbs'), 'Over: {{lable}}');
  const loaded = await loadAll(homeDir);
  expect(loaded.say('closed', { label: 'INC-7', title: 'Checkout fails' })).toBe('*INC-7* Checkout fails is closed.');
  const warnings: unknown[][] = [];
  warnOfLoaded({ warn: (...said: unknown[]) => void warnings.push(said) }, loaded);
  expect(warnings).toEqual([
    [
      { fault: `${homeDir}/templates/closed.hbs:1:9 there is no value lable here: did you mean label?` },
      'a file of this home is broken, and Muster goes on without it',
    ],
  ]);
});

it('a home whose simulated cloud is broken is loaded without it, and the log says where', async () => {
  await writeFile(join(homeDir, 'cloud.yml'), 'account: "123456789012"\nregions: []\n');
  const loaded = await loadAll(homeDir);
  expect(loaded.cloud).toBeUndefined();
  const warnings: unknown[][] = [];
  warnOfLoaded({ warn: (...said: unknown[]) => void warnings.push(said) }, loaded);
  expect(warnings).toMatchObject([[{ fault: expect.stringContaining('cloud.yml:2:') }, expect.anything()]]);
});
