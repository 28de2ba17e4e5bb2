import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findWarnings, parseCommand } from '../commands/parse-command.ts';
import type { Catalogue } from '../domain/action.ts';
import { type Fault, FaultyFiles } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { listCommandFiles, readHome } from './home.ts';
import { readText } from './read-files.ts';

/**
 * What could be better in the commands of a home and in the shipped ones that fill what it lacks; none of it keeps Muster
 * from starting. Empty where `muster.yml` itself has a fault: a command is read against it.
 */
export async function findHomeWarnings(
  dir: string,
  { shippedDir }: { shippedDir: string },
  catalogue: Catalogue,
): Promise<Fault[]> {
  try {
    const home = await readHome(dir);
    const own = await listCommandFiles(join(dir, 'commands'));
    const names = own.map((file) => basename(file));
    const shipped = await listCommandFiles(join(shippedDir, 'commands'));
    const others = shipped.filter((file) => !names.includes(basename(file)));
    const against = { home, catalogue, isThere: (path: string) => existsSync(join(dir, path)) };
    const ours = await Promise.all(own.map(async (file) => findWarnings(await textOf(file), file, against)));
    const fitting = await Promise.all(
      others.map(async (file) => {
        const text = await textOf(file);
        return fits(text, file, against) ? findWarnings(text, file, against) : [];
      }),
    );
    return [...ours, ...fitting].flat();
  } catch (error) {
    if (error instanceof FaultyFiles) return [];
    throw error;
  }
}

async function textOf(file: string): Promise<string> {
  return (await readText(file)) ?? '';
}

/** A shipped command that does not fit the home is left out, and nobody has to mend it. */
function fits(text: string, file: string, against: { home: Home; catalogue: Catalogue }): boolean {
  try {
    parseCommand(text, file, against);
    return true;
  } catch (error) {
    if (error instanceof FaultyFiles) return false;
    throw error;
  }
}
