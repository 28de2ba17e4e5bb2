import { readdir, readFile } from 'node:fs/promises';
import { FaultyFiles } from '../domain/errors.ts';

/** Undefined where there is no such file; throws `FaultyFiles` when it cannot be read. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(file, error);
  }
}

/** The names in a folder; none where there is no such folder. */
export async function listFiles(dir: string): Promise<string[]> {
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
