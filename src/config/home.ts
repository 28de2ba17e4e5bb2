import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseCommand } from '../commands/parse-command.ts';
import type { Catalogue } from '../domain/action.ts';
import type { Command } from '../domain/command.ts';
import { type Fault, FaultyFiles } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { parseHome } from './parse-home.ts';

export interface LoadedHome {
  home: Home;
  commands: Command[];
  /** Shipped commands that this home cannot use as it is (a resource that they name is not there), and why. */
  leftOut: { name: string; faults: readonly Fault[] }[];
}

/**
 * Reads `muster.yml` and `commands/*.yml` of a home; shipped commands fill what it lacks.
 * Throws `FaultyFiles` with all faults of the home's own files.
 */
export async function loadHome(
  dir: string,
  shipped: { shippedDir: string },
  catalogue: Catalogue,
): Promise<LoadedHome> {
  const home = await readHome(dir);
  const own = await readCommands(join(dir, 'commands'), home, catalogue);
  const faults = own.flatMap((file) => file.faults);
  if (faults.length > 0) throw new FaultyFiles(faults);
  const taken = new Set(own.map((file) => file.name));
  const others = await readCommands(join(shipped.shippedDir, 'commands'), home, catalogue);
  const filling = others.filter((file) => !taken.has(file.name));
  const commands = [...own, ...filling].flatMap((file) => file.command ?? []);
  return {
    home,
    commands: commands.toSorted((a, b) => a.name.localeCompare(b.name)),
    leftOut: filling.filter((file) => file.faults.length > 0).map(({ name, faults: why }) => ({ name, faults: why })),
  };
}

async function readHome(dir: string): Promise<Home> {
  const file = join(dir, 'muster.yml');
  const text = await readText(file);
  if (text !== undefined) return parseHome(text, file);
  const message =
    'there is no such file: set MUSTER_HOME to the folder that holds muster.yml, or copy examples/acme to begin with';
  throw new FaultyFiles([{ file, line: 1, column: 1, message }]);
}

interface CommandFile {
  name: string;
  command?: Command;
  faults: readonly Fault[];
}

async function readCommands(dir: string, home: Home, catalogue: Catalogue): Promise<CommandFile[]> {
  const names = (await listFiles(dir)).filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.')).sort();
  return Promise.all(names.map((name) => readCommand(join(dir, name), home, catalogue)));
}

async function readCommand(file: string, home: Home, catalogue: Catalogue): Promise<CommandFile> {
  const name = basename(file).replace(/\.ya?ml$/, '');
  if (file.endsWith('.yaml')) {
    return { name, faults: [{ file, line: 1, column: 1, message: `ends in .yaml: call it ${name}.yml` }] };
  }
  try {
    return { name, command: parseCommand((await readText(file)) ?? '', file, { home, catalogue }), faults: [] };
  } catch (error) {
    if (error instanceof FaultyFiles) return { name, faults: error.faults };
    throw error;
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(file, error);
  }
}

async function listFiles(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (isMissing(error)) return [];
    throw unreadable(dir, error);
  }
}

function unreadable(file: string, error: unknown): FaultyFiles {
  const message = `cannot be read (${codeOf(error) ?? 'unknown trouble'}): check that it is a file that Muster may read`;
  return new FaultyFiles([{ file, line: 1, column: 1, message }]);
}

function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
