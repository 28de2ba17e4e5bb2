import { createHash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';
import type { JsonObject } from '../domain/json.ts';

const stringify = configure({ deterministic: true, bigint: false, circularValue: Error });

/** What a row of the audit log says, without its hash. */
export interface AuditContent {
  seq: number;
  at: Date;
  who: string;
  door: string;
  what: string;
  incidentId: number | null;
  runId: string | null;
  detail: JsonObject;
  /** The hash of the row before; 64 zeros for the first. */
  prev: string;
}
export interface AuditRow extends AuditContent {
  hash: string;
}

export const firstPrev = '0'.repeat(64);

/** SHA-256, in hex, over the row's content as JSON with sorted keys and `at` in ISO 8601 (UTC, milliseconds). */
export function hashRow(row: AuditContent): string {
  const { seq, who, door, what, incidentId, runId, detail, prev } = row;
  const content = { seq, at: row.at.toISOString(), who, door, what, incidentId, runId, detail, prev };
  return createHash('sha256')
    .update(stringify(content) ?? '')
    .digest('hex');
}

/** Where verification begins: after a row that was checked before, or at the very first. */
export interface ChainStart {
  seq: number;
  hash: string;
}

export type ChainResult = { ok: true; count: number; head: string } | { ok: false; seq: number; why: string };

/**
 * Follows the chain through `rows`, in order of seq. `head` is the last hash: kept elsewhere, it also shows that no rows
 * were cut off the end.
 */
export function verifyChain(rows: Iterable<AuditRow>, start: ChainStart = { seq: 0, hash: firstPrev }): ChainResult {
  let last = start;
  let count = 0;
  for (const row of rows) {
    const why = findFault(row, last);
    if (why) return { ok: false, seq: row.seq, why };
    last = { seq: row.seq, hash: row.hash };
    count += 1;
  }
  return { ok: true, count, head: last.hash };
}

function findFault(row: AuditRow, last: ChainStart): string | null {
  if (row.seq !== last.seq + 1) return `row ${row.seq} follows row ${last.seq}: rows between them are missing`;
  if (row.prev !== last.hash) return `row ${row.seq} does not name the hash of the row before it`;
  if (hashRow(row) !== row.hash) return `row ${row.seq} has been changed: its content does not give its hash`;
  return null;
}
