import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * An empty folder for the store: the far ends remember nothing from the last time, so the store may not either.
 * While another sandbox holds `sandbox`, this one gets a folder of its own.
 */
export async function claimStoreFolder(root: string, pid: number): Promise<string> {
  const held = join(root, 'sandbox.pid');
  const taken = await isHeld(held, pid);
  const folder = join(root, taken ? `sandbox-${pid}` : 'sandbox');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  if (!taken) await writeFile(held, String(pid));
  return folder;
}

async function isHeld(file: string, own: number): Promise<boolean> {
  const holder = Number(await readFile(file, 'utf8').catch(() => ''));
  return holder > 0 && holder !== own && isAlive(holder);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
