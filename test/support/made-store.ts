import { cp } from 'node:fs/promises';
import { join } from 'node:path';

/** Puts a store that has been opened once into `dataDir`; outside of Jest, which has one made, nothing. */
export async function copyMadeStore(dataDir: string): Promise<void> {
  const made = process.env.MUSTER_MADE_STORE;
  if (made !== undefined) await cp(join(made, 'store'), join(dataDir, 'store'), { recursive: true });
}
