import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

const folder = new URL('../page/', import.meta.url);
const types: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** A file of the page by its address, or undefined: flat names only, so nothing outside the folder can be named. */
export async function readPageFile(path: string): Promise<{ type: string; body: string } | undefined> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const type = types[extname(name)];
  if (!/^[a-z0-9-]+\.[a-z]+$/.test(name) || type === undefined) return undefined;
  try {
    return { type, body: await readFile(new URL(name, folder), 'utf8') };
  } catch {
    return undefined;
  }
}
