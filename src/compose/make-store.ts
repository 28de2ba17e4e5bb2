import { systemClock } from '../clock/system-clock.ts';
import { prepareTables } from '../durable/dbos.ts';
import { openStore } from '../store/open.ts';
import { createLog } from './log.ts';

/** Leaves a store in the folder `dataDir` as a simulated Muster leaves it that has started and done nothing. */
export async function makeStore(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir, purpose: 'sandbox', subscribers: [], clock: systemClock });
  try {
    await prepareTables(store, createLog('warn'));
  } finally {
    await store.close();
  }
}
