import { basename, join } from 'node:path';
import { parseCommand } from '../commands/parse-command.ts';
import type { Catalogue } from '../domain/action.ts';
import type { Command } from '../domain/command.ts';
import { type Fault, FaultyFiles } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { unknownOccasions } from './check-contacts.ts';
import { faultsOfCommands } from './check-schedules.ts';
import { readHomePlaces } from './home-places.ts';
import { parseHome } from './parse-home.ts';
import { listFiles, readText } from './read-files.ts';

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
  const places = await readHomePlaces(dir);
  // A shipped command that is left out may be the one that a contact's scenario is of.
  const allThere = filling.every((file) => file.faults.length === 0);
  const strangers = [
    ...(allThere ? unknownOccasions(home, commands, places) : []),
    ...faultsOfCommands({ home, commands, catalogue }, places),
  ];
  if (strangers.length > 0) throw new FaultyFiles(strangers);
  return {
    home,
    commands: commands.toSorted((a, b) => a.name.localeCompare(b.name)),
    leftOut: filling.filter((file) => file.faults.length > 0).map(({ name, faults: why }) => ({ name, faults: why })),
  };
}

/** Throws `FaultyFiles` when `muster.yml` is not there or has a fault. */
export async function readHome(dir: string): Promise<Home> {
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
  return Promise.all((await listCommandFiles(dir)).map((file) => readCommand(file, home, catalogue)));
}

/** The files of a folder of commands, by name. */
export async function listCommandFiles(dir: string): Promise<string[]> {
  const names = (await listFiles(dir)).filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'));
  return names.toSorted().map((name) => join(dir, name));
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
