import type { Store } from '../../domain/ports/store.ts';
import { releaseTaken } from '../../store/live-messages.ts';
import { releaseClaims } from '../../store/outbox.ts';

/** For a process that is alone with its store: words that a dead one was carrying go out at once, read back first. */
export async function takeOverWords(store: Store, now: Date): Promise<void> {
  await store.tx(async (tx) => {
    await releaseClaims(tx, now);
    await releaseTaken(tx, now);
  });
}
