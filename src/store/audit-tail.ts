import type { Tx } from '../domain/ports/store.ts';
import type { ChainStart } from './verify-chain.ts';

/** The last row of the audit log; null while it is empty. */
export async function readAuditTail(tx: Tx): Promise<ChainStart | null> {
  const [tail] = await tx.query<ChainStart>(
    'select seq::float8 as seq, hash from audit order by audit.seq desc limit 1',
  );
  return tail ?? null;
}
