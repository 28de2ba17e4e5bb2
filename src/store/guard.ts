import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<{ open: boolean }>();

/** Runs `work` marked as inside a transaction, for as long as it lasts and no longer. */
export async function runInsideTx<T>(work: () => Promise<T>): Promise<T> {
  const mark = { open: true };
  try {
    return await current.run(mark, work);
  } finally {
    mark.open = false;
  }
}

/** Runs `work` as if no transaction were open: for hooks after a commit. */
export function runOutsideTx(work: () => void): void {
  current.exit(work);
}

/** Throws where `what` would wait for the connection that the surrounding transaction holds. */
export function assertOutsideTx(what: string): void {
  if (current.getStore()?.open !== true) return;
  throw new Error(
    `${what} was used inside store.tx, where only the tx may be: on the embedded store it would wait for ever. ` +
      'Move it out of the transaction, or use tx.query, engine.startIn or engine.sendIn.',
  );
}
