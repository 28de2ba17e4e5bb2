import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/actions/catalogue.ts';
import { findHomeWarnings } from '../../src/config/find-warnings.ts';
import { changed, failoverText, homeText } from '../commands/samples.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muster-home-'));
  await mkdir(join(dir, 'commands'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(join(dir, name), text);
const restore = `name: restore
title: Restore
steps:
  - id: stack
    uses: cloudformation.deploy-stack
    timeout: 1h
    with: { region: us-east-1, stack: orders, template: infrastructure/orders.yml }
`;

async function found(): Promise<string[]> {
  const warnings = await findHomeWarnings(dir, { shippedDir: '.' }, catalogue);
  return warnings.map(({ file, line, column, rule }) => `${file.replace(`${dir}/`, '')}:${line}:${column} ${rule}`);
}

describe('warnings of a home', () => {
  it('are none of a home with the shipped commands alone', async () => {
    await write('muster.yml', homeText);
    expect(await found()).toEqual([]);
  });

  it('name what its commands name and the home does not hold', async () => {
    await write('muster.yml', homeText);
    await write('commands/restore.yml', restore);
    expect(await found()).toEqual(['commands/restore.yml:7:57 script-missing']);
    await mkdir(join(dir, 'infrastructure'));
    await write('infrastructure/orders.yml', 'Resources: {}');
    expect(await found()).toEqual([]);
  });

  it('are those of the command that takes the place of a shipped one', async () => {
    await write('muster.yml', homeText);
    await write('commands/failover.yml', changed('timeout: 30m', 'timeout: 5m', failoverText));
    expect(await found()).toEqual(['commands/failover.yml:54:14 wait-too-short']);
  });

  it('are none of a shipped command that does not fit, nor where muster.yml has a fault', async () => {
    await write('muster.yml', changed('  database: {', '  databases: {', homeText));
    expect(await found()).toEqual([]);
    await write('muster.yml', 'version: 2');
    expect(await found()).toEqual([]);
  });
});
