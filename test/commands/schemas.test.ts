import { readFile } from 'node:fs/promises';
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

const files = ['commands/failover.yml', 'commands/restart-service.yml'].map(
  (file) => [file, 'schema/command.json'] as const,
);

describe('generated files', () => {
  it.each(Object.entries(generated))('%s is as the code makes it (npm run generate)', async (path, make) => {
    expect(await readFile(path, 'utf8')).toBe(make());
  });

  it.each([...files, ['examples/acme/muster.yml', 'schema/muster.json'] as const])(
    '%s is valid by %s',
    async (file, schema) => {
      const validate = await validator(schema);
      validate(parse(await readFile(file, 'utf8')));
      expect(validate.errors).toBeNull();
    },
  );

  it('refuses what is not known', async () => {
    const validate = await validator('schema/command.json');
    expect(validate({ name: 'x', title: 'X', steps: [{ id: 'a', uses: 'b', tiemout: '2m' }] })).toBe(false);
    expect(validate({ name: 'x', title: 'X', steps: [{ id: 'a', uses: 'b', timeout: '2m' }] })).toBe(true);
  });
});
