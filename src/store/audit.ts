import type { AuditEntry, Tx } from '../domain/ports/store.ts';
import { cleanJson, cleanText } from './clean.ts';
import { beforeCommit, noteAudited } from './tx.ts';
import { type AuditRow, firstPrev, hashRow } from './verify-chain.ts';

/** Any fixed number: transactions that append take turns on it. */
const tailLock = 7_405_110_331;

const waiting = new WeakMap<Tx, AuditEntry[]>();

/**
 * Adds a row to the hash-chained log, in this transaction or not at all. It is written just before the commit: so the
 * tail is held for a moment only, and never while this transaction waits for a row that another one holds.
 */
export async function appendAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  const entries = waiting.get(tx);
  if (entries) {
    entries.push(entry);
    return;
  }
  const first = [entry];
  waiting.set(tx, first);
  beforeCommit(tx, 'tail', () => writeEntries(tx, first));
}

async function writeEntries(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [tailLock]);
  const [tail] = await tx.query<{ seq: number; hash: string }>(
    'select seq::float8 as seq, hash from audit order by audit.seq desc limit 1',
  );
  let prev = tail?.hash ?? firstPrev;
  let seq = tail?.seq ?? 0;
  for (const entry of entries) {
    seq += 1;
    prev = await writeEntry(tx, entry, seq, prev);
    noteAudited(tx, entry);
  }
}

async function writeEntry(tx: Tx, entry: AuditEntry, seq: number, prev: string): Promise<string> {
  const { at, door, incidentId } = entry;
  const [who, what, detail] = [cleanText(entry.who), cleanText(entry.what), cleanJson(entry.detail)];
  const runId = entry.runId === null ? null : cleanText(entry.runId);
  const hash = hashRow({ seq, at, who, door, what, incidentId, runId, detail, prev });
  await tx.query(
    `insert into audit (seq, at, who, door, what, incident_id, run_id, detail, prev, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [seq, at, who, door, what, incidentId, runId, JSON.stringify(detail), prev, hash],
  );
  return hash;
}

/** Rows in order of seq, `after` one of them, of one incident or of all. */
export async function readAudit(
  tx: Tx,
  of: { incidentId?: number; after?: number; limit: number },
): Promise<AuditRow[]> {
  return tx.query<AuditRow>(
    `select seq::float8 as seq, at, who, door, what, incident_id::float8 as "incidentId", run_id as "runId",
            detail, prev, hash
     from audit
     where audit.seq > $1 and ($2::bigint is null or incident_id = $2)
     order by audit.seq limit $3`,
    [of.after ?? 0, of.incidentId ?? null, of.limit],
  );
}
