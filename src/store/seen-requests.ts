import type { Tx } from '../domain/ports/store.ts';

/** A claim: false when a request with this signature was taken before. */
export async function takeRequest(tx: Tx, signature: string, at: Date): Promise<boolean> {
  const rows = await tx.query(
    'insert into seen_request (signature, at) values ($1, $2) on conflict do nothing returning signature',
    [signature, at],
  );
  return rows.length > 0;
}

/** Forgets what is too old to be accepted anyway. */
export async function forgetRequests(tx: Tx, before: Date): Promise<void> {
  await tx.query('delete from seen_request where at < $1', [before]);
}
