import type { Tx } from '../domain/ports/store.ts';
import { WrongPurpose } from './failures.ts';

export type Purpose = 'sandbox' | 'real';

/** Says once and for all what a store is for. Throws WrongPurpose where it already is for the other. */
export async function stampStore(tx: Tx, purpose: Purpose, at: Date): Promise<void> {
  await tx.query('insert into stamp (purpose, created_at) values ($1, $2) on conflict do nothing', [purpose, at]);
  const [stamp] = await tx.query<{ purpose: Purpose }>('select purpose from stamp');
  if (stamp?.purpose === purpose) return;
  throw new WrongPurpose(
    `This store is stamped ${stamp?.purpose} and was opened as ${purpose}: the two never mix. ` +
      (purpose === 'real'
        ? 'Point DATABASE_URL or MUSTER_DATA at a store of its own.'
        : 'Give the sandbox a folder of its own.'),
  );
}

/** Tells this store from any other that ever was. */
export async function readStoreId(tx: Tx): Promise<string> {
  const [stamp] = await tx.query<{ id: string }>('select store_id::text as id from stamp');
  if (!stamp) throw new Error('This store was never stamped: it has no id.');
  return stamp.id;
}
