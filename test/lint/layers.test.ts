import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const script = resolve('scripts/lint-layers.mjs');
const check = async (cwd: string) => await promisify(execFile)(process.execPath, [script, '--check'], { cwd });

describe('biome.json', () => {
  it('is what the table of layers writes', async () => {
    await expect(check(process.cwd())).resolves.toMatchObject({ stderr: '' });
  });

  it('is refused once somebody has loosened it by hand', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'muster-layers-'));
    await cp('biome.json', join(dir, 'biome.json'));
    const text = await readFile(join(dir, 'biome.json'), 'utf8');
    await writeFile(join(dir, 'biome.json'), text.replace('"noProcessEnv": "error"', '"noProcessEnv": "off"'));
    await expect(check(dir)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('lint-layers.mjs') });
    await rm(dir, { recursive: true });
  });
});
