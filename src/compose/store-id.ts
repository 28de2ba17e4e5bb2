import type { OpenStore } from '../store/open.ts';
import { readStoreId } from '../store/stamp.ts';

/** What tells this store from any other, read once. */
export function storeIdOf(store: OpenStore): () => Promise<string> {
  let known: string | undefined;
  return async () => {
    known ??= await store.tx(readStoreId);
    return known;
  };
}
