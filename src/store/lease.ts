import type { Tx } from '../domain/ports/store.ts';

/** Times are the database's: processes' own clocks may differ. */
const until = `now() + $2::float8 * interval '1 millisecond'`;

/** False where a lease of that name exists already. */
export async function takeLease(tx: Tx, executor: string, ms: number): Promise<boolean> {
  const rows = await tx.query(
    `insert into lease (executor, expires_at) values ($1, ${until}) on conflict do nothing returning executor`,
    [executor, ms],
  );
  return rows.length === 1;
}

/** False where the lease is gone: another process found it expired and has taken over. */
export async function renewLease(tx: Tx, executor: string, ms: number): Promise<boolean> {
  const rows = await tx.query(`update lease set expires_at = ${until} where executor = $1 returning executor`, [
    executor,
    ms,
  ]);
  return rows.length === 1;
}

export async function dropLease(tx: Tx, executor: string): Promise<void> {
  await tx.query('delete from lease where executor = $1', [executor]);
}

/** From here on their holders can renew them no more. */
export async function dropExpiredLeases(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ executor: string }>(
    `delete from lease where executor in
       (select executor from lease where expires_at <= now() for update skip locked)
     returning executor`,
  );
  return rows.map(({ executor }) => executor);
}

export async function listLeaseHolders(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ executor: string }>('select executor from lease');
  return rows.map(({ executor }) => executor);
}
