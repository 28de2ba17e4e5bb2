import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rootFiles = ['biome.json', '.biome', '.oxlintrc.json', 'knip.json', 'package.json', 'tsconfig.json'];

export interface Finding {
  file: string;
  rule: string;
  message: string;
}

/** A project of its own: this repository's rules over the fixtures' files. */
export async function openFixtureProject(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'muster-lint-'));
  await cp('test/lint/fixtures', dir, { recursive: true });
  for (const file of rootFiles) await cp(file, join(dir, file), { recursive: true });
  await symlink(join(process.cwd(), 'node_modules'), join(dir, 'node_modules'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

export async function runBiome(dir: string): Promise<Finding[]> {
  const report = JSON.parse(await run(dir, 'biome', ['lint', '--reporter=json', '--max-diagnostics=none', 'src']));
  return report.diagnostics.map(
    (found: { category: string; message: string; location: { path: string } }): Finding => ({
      file: found.location.path,
      rule: found.category,
      message: found.message,
    }),
  );
}

export async function runOxlint(dir: string): Promise<Finding[]> {
  const report = JSON.parse(await run(dir, 'oxlint', ['--type-aware', '--format=json', 'src']));
  return report.diagnostics.map(
    (found: { code: string; message: string; filename: string }): Finding => ({
      file: found.filename,
      rule: found.code,
      message: found.message,
    }),
  );
}

export async function runKnip(dir: string): Promise<string> {
  return await run(dir, 'knip', ['--no-progress', '--include', 'exports,files']);
}

/** What the tool printed; a linter that finds something exits with a code that is no error here. */
async function run(dir: string, tool: string, args: string[]): Promise<string> {
  const bin = join(process.cwd(), 'node_modules/.bin', tool);
  return await new Promise((resolve, reject) => {
    execFile(bin, args, { cwd: dir, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(`${tool} printed nothing: ${stderr}`, { cause: error }));
      else resolve(stdout);
    });
  });
}
