import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { projectRoot } from '../manifest.ts';

/** Where `npm run build` puts the page. */
const folder = join(projectRoot(), 'dist', 'sandbox', 'web');
const types: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

export interface PageFile {
  type: string;
  body: string;
  /** Its name changes with what is in it. */
  lasting: boolean;
}

/** A file of the page by its address, or undefined: flat names only, so nothing outside the folder can be named. */
export async function readPageFile(path: string): Promise<PageFile | undefined> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const type = types[extname(name)];
  if (!/^(assets\/)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.[a-z]+$/.test(name) || type === undefined) return undefined;
  try {
    return { type, body: await readFile(join(folder, name), 'utf8'), lasting: name.startsWith('assets/') };
  } catch {
    return undefined;
  }
}
