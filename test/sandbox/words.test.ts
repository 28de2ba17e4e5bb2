import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readWords } from '../../sandbox/words.ts';

let homeDir: string;
beforeEach(async () => {
  homeDir = await mkdtemp(join(tmpdir(), 'muster-words-'));
});
afterEach(() => rm(homeDir, { recursive: true, force: true }));

const usages = async () => (await readWords(homeDir)).map(({ usage }) => usage);

it('offers Muster’s words, and the shipped commands to a home without any', async () => {
  expect(await usages()).toEqual(expect.arrayContaining(['declare', 'help', 'approve CODE', 'failover [tasks=…]']));
});

it('offers the home’s commands with their inputs, and overlooks what is none', async () => {
  await mkdir(join(homeDir, 'commands'));
  const step = 'steps: [{ id: one, uses: human.checkpoint }]';
  await writeFile(
    join(homeDir, 'commands', 'drain.yml'),
    `{ name: drain, title: Drain it, inputs: { of: { type: string } }, ${step} }`,
  );
  await writeFile(join(homeDir, 'commands', 'broken.yml'), 'name: [');
  const words = await readWords(homeDir);
  expect(words).toContainEqual({ usage: 'drain [of=…]', does: 'Drain it' });
  expect(words.some(({ usage }) => usage.startsWith('broken'))).toBe(false);
});
