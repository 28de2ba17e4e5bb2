import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { generated } from '../../scripts/generated.ts';

async function validator(path: string) {
  const ajv = new Ajv({ allErrors: true, strict: false });
  formats.default(ajv);
  return ajv.compile(JSON.parse(await readFile(path, 'utf8')) as object);
}

/** What schema the first line of a file names for editors, from the file's own folder. */
async function namedIn(file: string): Promise<string | undefined> {
  const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(await readFile(file, 'utf8'))?.[1];
  return named === undefined ? undefined : join(dirname(file), named);
}

async function commandsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.yml')).map((name) => join(folder, name));
}

const homes = (await readdir('examples', { withFileTypes: true })).filter((entry) => entry.isDirectory());
const folders = homes.map(({ name }) => join('examples', name));
const commands = await Promise.all(['.', ...folders].map((folder) => commandsIn(join(folder, 'commands'))));
const files: [file: string, schema: string][] = [
  ...commands.flat().map((file): [string, string] => [file, 'schema/command.json']),
  ...folders.map((folder): [string, string] => [join(folder, 'muster.yml'), 'schema/muster.json']),
  ...folders.map((folder): [string, string] => [join(folder, 'cloud.yml'), 'schema/cloud.json']),
];

describe('generated files', () => {
  it.each(Object.entries(generated))('%s is as the code makes it (npm run generate)', async (path, make) => {
    expect(await readFile(path, 'utf8')).toBe(make());
  });

  it.each(files)('%s is valid by %s, which its first line names', async (file, schema) => {
    const validate = await validator(schema);
    validate(parse(await readFile(file, 'utf8')));
    expect(validate.errors).toBeNull();
    expect(await namedIn(file)).toBe(schema);
  });

  it('refuses what is not known', async () => {
    const validate = await validator('schema/command.json');
    expect(validate({ name: 'x', title: 'X', steps: [{ id: 'a', uses: 'b', tiemout: '2m' }] })).toBe(false);
    expect(validate({ name: 'x', title: 'X', steps: [{ id: 'a', uses: 'b', timeout: '2m' }] })).toBe(true);
  });
});
