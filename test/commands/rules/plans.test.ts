import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parseHome } from '../../../src/config/parse-home.ts';
import { found } from './check.ts';
import { expected } from './literal/expected.ts';

const literal = 'test/commands/rules/literal';

/** The steps of a plan, typed over as they stand: names, times, passwords, order and waits as the plan has them. */
describe.each(Object.entries(expected))('the plan of %s, typed over', (example, files) => {
  it.each(Object.entries(files))('%s breaks exactly these rules', async (name, findings) => {
    const home = parseHome(await readFile(`examples/${example}/muster.yml`, 'utf8'), 'muster.yml');
    const file = `${literal}/${example}/${name}.yml`;
    expect(found(await readFile(file, 'utf8'), file, home)).toEqual(findings);
  });

  it('is here as a whole', async () => {
    const there = await readdir(`${literal}/${example}`);
    expect(there.toSorted()).toEqual(Object.keys(files).map((name) => `${name}.yml`));
  });
});
