import type { ItemAnswer, ItemState } from '../domain/checklist.ts';
import type { Tx } from '../domain/ports/store.ts';
import { cleanText, toJsonb } from './clean.ts';

interface Key {
  runId: string;
  stepId: string;
}

export type NewItem = Pick<ItemState, 'id' | 'text' | 'owner' | 'dueAt'>;

/** The items of a checklist that begins; those of an earlier attempt stay as they were answered. */
export async function insertItems(tx: Tx, { runId, stepId }: Key, items: readonly NewItem[]): Promise<void> {
  await tx.query(
    `insert into checklist_item (run_id, step_id, id, position, text, owner, due_at)
     select $1, $2, i->>'id', position, i->>'text', i->>'owner', (i->>'dueAt')::timestamptz
     from jsonb_array_elements($3::jsonb) with ordinality as given(i, position)
     on conflict do nothing`,
    [runId, stepId, toJsonb(items)],
  );
}

const columns = `id, text, owner, due_at as "dueAt", answer, answered_by as "answeredBy", reason,
  answered_at as "answeredAt"`;

export async function readItems(tx: Tx, { runId, stepId }: Key): Promise<ItemState[]> {
  return tx.query<ItemState>(
    `select ${columns} from checklist_item where run_id = $1 and step_id = $2 order by position`,
    [runId, stepId],
  );
}

/** A tick stands; what was declined may still be ticked. False where nothing was changed. */
export async function answerItem(
  tx: Tx,
  { runId, stepId }: Key,
  said: { item: string; answer: ItemAnswer; by: string; reason: string | null; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `update checklist_item set answer = $4, answered_by = $5, reason = $6, answered_at = $7
     where run_id = $1 and step_id = $2 and id = $3 and (answer is null or (answer = 'declined' and $4 = 'done'))
     returning id`,
    [runId, stepId, said.item, said.answer, said.by, said.reason === null ? null : cleanText(said.reason), said.at],
  );
  return rows.length > 0;
}

/** An open item of a step that waits, whose time is over and whose owner was not reminded. */
export interface OverdueItem extends Key {
  incidentId: number;
  item: string;
  text: string;
  owner: string | null;
  dueAt: Date;
}

const open = `from checklist_item c join step s on s.run_id = c.run_id and s.id = c.step_id and s.status = 'running'
  join run r on r.id = c.run_id and r.status <> 'ended'
  where c.answer is null and c.reminded_at is null and c.due_at is not null`;

/** Marks them as reminded: each comes once. */
export async function takeOverdue(tx: Tx, now: Date): Promise<OverdueItem[]> {
  return tx.query<OverdueItem>(
    `with taken as (
       select c.run_id, c.step_id, c.id, r.incident_id ${open} and c.due_at <= $1
       order by c.due_at, c.run_id, c.step_id, c.position limit 50 for update of c skip locked)
     update checklist_item i set reminded_at = $1 from taken t
     where i.run_id = t.run_id and i.step_id = t.step_id and i.id = t.id
     returning i.run_id as "runId", i.step_id as "stepId", t.incident_id::int as "incidentId", i.id as item, i.text,
       i.owner, i.due_at as "dueAt"`,
    [now],
  );
}

/** When the next item is overdue. */
export async function nextOverdue(tx: Tx): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date | null }>(`select min(c.due_at) as at ${open}`, []);
  return row?.at ?? null;
}
