import { writeFile } from 'node:fs/promises';
import { Refusal } from '../../domain/errors.ts';

/** A file that only its owner reads; never over one that is there. */
export async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const taken = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
    const why = taken ? 'it is there already' : String(error);
    throw new Refusal(`${file} cannot be written: ${why}. Name another with --out.`, 'out');
  }
}
