import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Home } from '../../domain/home.ts';
import type { HomeFolder } from '../../domain/ports/programs.ts';

const mostBytes = 1_000_000;

/** The files of a home; nothing outside it is read, nor through a link that leads out of it. */
export function createHomeFolder(dir: string, { scripts, terraform }: Pick<Home, 'scripts' | 'terraform'>): HomeFolder {
  return {
    scripts,
    terraform,
    read: async (path) => readFile(await placeIn(dir, path), 'utf8'),
    async digestOfProgram(path) {
      const file = await placeIn(dir, path);
      await access(file, constants.X_OK).catch(() => {
        throw new Error(`${path} cannot be executed: chmod +x it`);
      });
      return createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
    },
  };
}

/** Where a path of the home really leads. Rejects with a sentence's end where that is no file of it. */
export async function placeIn(dir: string, path: string, kind: 'file' | 'folder' = 'file'): Promise<string> {
  const root = await realpath(dir);
  const place = await realpath(join(root, path)).catch(() => {
    throw new Error(`there is no ${path} in the home`);
  });
  if (relative(root, place).startsWith('..')) throw new Error(`${path} leads out of the home`);
  const found = await stat(place);
  const fits = kind === 'file' ? found.isFile() : found.isDirectory();
  if (!fits) throw new Error(`${path} is no ${kind}`);
  if (kind === 'file' && found.size > mostBytes) throw new Error(`${path} has more than ${mostBytes} bytes`);
  return place;
}
