import type { Tx } from '../domain/ports/store.ts';
import type { Occurrence } from '../domain/schedule.ts';
import { occurrenceColumns } from './occurrences.ts';

/** A schedule that is new, or whose expression is another one, begins from now on. */
export async function adoptSchedule(tx: Tx, name: string, expression: string, now: Date): Promise<void> {
  await tx.query(
    `insert into schedule (name, expression, looked_at) values ($1, $2, $3)
     on conflict (name) do update set expression = excluded.expression, looked_at = excluded.looked_at
       where schedule.expression <> excluded.expression`,
    [name, expression, now],
  );
}

/** Forgets the schedules that are not among these, and gives what of them nobody has begun. */
export async function dropSchedules(tx: Tx, names: readonly string[], at: Date, why: string): Promise<Occurrence[]> {
  await tx.query('delete from schedule where name <> all($1::text[])', [names]);
  return tx.query<Occurrence>(
    `update occurrence set state = 'declined', ended_by = 'muster.yml', why = $3, ended_at = $2, remind_at = null
     where state in ('due', 'asked') and schedule <> all($1::text[]) returning ${occurrenceColumns}`,
    [names, at, why],
  );
}

/** Up to when it has been looked at. */
export async function lookedAt(tx: Tx, name: string, expression: string): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date }>(
    'select looked_at as at from schedule where name = $1 and expression = $2',
    [name, expression],
  );
  return row?.at ?? null;
}

/** The same, held until the transaction ends; null where another process holds it, or knows another expression. */
export async function holdSchedule(tx: Tx, name: string, expression: string): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date }>(
    'select looked_at as at from schedule where name = $1 and expression = $2 for update skip locked',
    [name, expression],
  );
  return row?.at ?? null;
}

export async function recordLooked(tx: Tx, name: string, at: Date): Promise<void> {
  await tx.query('update schedule set looked_at = $2 where name = $1', [name, at]);
}
