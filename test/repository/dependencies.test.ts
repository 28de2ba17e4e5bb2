import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const Versions = z.record(z.string(), z.string()).default({});
const Package = z.object({
  license: z.string().optional(),
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
  overrides: z.record(z.string(), z.unknown()).default({}),
});
const Locked = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  link: z.boolean().default(false),
  dev: z.boolean().default(false),
  optional: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
});
const Lock = z.object({ packages: z.record(z.string(), Locked) });
type Locked = z.infer<typeof Locked>;

/** What has a script of its own for when it is installed, and why nobody misses it: .npmrc lets none of them run. */
const withScripts: Record<string, string> = {
  '@parcel/watcher': 'builds itself where there is nothing built for the machine; Jest watches files with it',
  '@swc/core': 'looks whether what was built for the machine can be loaded',
};

/** Licences under which Muster may be given on together with what it needs to run. */
const free = new Set([
  '(MIT OR CC0-1.0)',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
]);

describe('dependencies', () => {
  let installed: [name: string, locked: Locked][] = [];
  let links: [path: string, locked: Locked][] = [];
  beforeAll(async () => {
    const { packages } = Lock.parse(JSON.parse(await readFile('package-lock.json', 'utf8')));
    const all = Object.entries(packages).filter(([path]) => path.includes('node_modules/'));
    links = all.filter(([, { link }]) => link);
    installed = all
      .filter(([, { link }]) => !link)
      .map(([path, locked]) => [path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), locked]);
  });

  it.each(['package.json', 'sandbox/web/package.json'])('have an exact version in %s', async (file) => {
    const { overrides, ...wanted } = Package.parse(JSON.parse(await readFile(file, 'utf8')));
    const versions = [wanted.dependencies, wanted.devDependencies, wanted.optionalDependencies].flatMap(Object.entries);
    expect(versions.length).toBeGreaterThan(3);
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
    expect(overrides).toEqual({});
  });

  it('are in the lock file by what they hold, and not by where they were fetched', () => {
    expect(installed.filter(([, { integrity, optional }]) => !optional && !integrity?.startsWith('sha512-'))).toEqual(
      [],
    );
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(links.map(([path, { resolved }]) => [path, resolved])).toEqual([
      ['node_modules/@muster/sandbox-web', 'sandbox/web'],
    ]);
  });

  it('run nothing while they are installed', async () => {
    const settings = (await readFile('.npmrc', 'utf8')).split('\n');
    expect(settings).toContain('ignore-scripts=true');
    const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([name]) => name);
    expect(scripted.sort()).toEqual(Object.keys(withScripts));
  });

  it('may be given on with what is installed in production', () => {
    const production = installed.filter(([, { dev }]) => !dev);
    expect(production.length).toBeGreaterThan(100);
    const others = production.filter(([, { license }]) => !free.has(license ?? 'none'));
    expect(others.map(([name, { license }]) => `${name}: ${license ?? 'none'}`)).toEqual([]);
  });
});
