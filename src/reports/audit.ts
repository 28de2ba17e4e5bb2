import { z } from 'zod';
import { Json, type JsonObject } from '../domain/json.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Store } from '../domain/ports/store.ts';
import { readAudit } from '../store/audit.ts';
import { readAuditTail } from '../store/audit-tail.ts';
import { type AuditRow, type ChainResult, firstPrev, verifyChain } from '../store/verify-chain.ts';

const pageRows = 500;

const Header = z.strictObject({
  muster: z.literal('audit'),
  version: z.literal(1),
  store: z.string(),
  exported_at: z.iso.datetime(),
  rows: z.int().min(0),
  head: z.string(),
});
export type AuditHeader = z.infer<typeof Header>;

const Row = z.strictObject({
  seq: z.int().min(1),
  at: z.iso.datetime().transform((at) => new Date(at)),
  who: z.string(),
  door: z.string(),
  what: z.string(),
  incidentId: z.int().nullable(),
  runId: z.string().nullable(),
  detail: z.record(z.string(), Json).transform((detail): JsonObject => detail),
  prev: z.string(),
  hash: z.string(),
});

/** The whole log as JSON lines: a header that says how many rows there are and the last hash, then one row a line. */
export async function* exportAudit(deps: { store: Store; clock: Clock; name: string }): AsyncGenerator<string> {
  const tail = (await deps.store.tx(readAuditTail)) ?? { seq: 0, hash: firstPrev };
  const header: AuditHeader = {
    muster: 'audit',
    version: 1,
    store: deps.name,
    exported_at: deps.clock.now().toISOString(),
    rows: tail.seq,
    head: tail.hash,
  };
  yield JSON.stringify(header);
  for await (const row of storedRows(deps.store, tail.seq)) yield JSON.stringify(row);
}

export type AuditVerdict = { ok: true; header: AuditHeader; sentence: string } | { ok: false; sentence: string };

/** Checks an exported file by itself: nothing changed, nothing missing, nothing cut off. */
export function verifyExport(text: string): AuditVerdict {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first, ...rest] = lines.map(parseLine);
  const header = Header.safeParse(first);
  if (!header.success)
    return fault('line 1 is not the header of an exported audit log; rows of one incident alone cannot be followed');
  const rows: AuditRow[] = [];
  for (const [index, line] of rest.entries()) {
    const row = Row.safeParse(line);
    if (!row.success)
      return fault(
        `row ${index + 1}, on line ${index + 2}, is not an audit row: ${row.error.issues[0]?.path.join('.') || 'not JSON'}`,
      );
    rows.push(row.data);
  }
  return judge(header.data, verifyChain(rows));
}

/** Follows the chain in the store itself. */
export async function verifyStored(store: Store): Promise<ChainResult> {
  const end = (await store.tx(readAuditTail)) ?? { seq: 0, hash: firstPrev };
  let start = { seq: 0, hash: firstPrev };
  while (start.seq < end.seq) {
    const rows = await store.tx((tx) => readAudit(tx, { after: start.seq, limit: pageRows }));
    const result = verifyChain(rows, start);
    if (!result.ok) return result;
    const last = rows.at(-1);
    if (!last) return { ok: false, seq: start.seq + 1, why: `row ${start.seq + 1} and what follows are missing` };
    start = { seq: last.seq, hash: last.hash };
  }
  return { ok: true, count: start.seq, head: start.hash };
}

async function* storedRows(store: Store, until: number): AsyncGenerator<AuditRow> {
  let after = 0;
  while (after < until) {
    const rows = await store.tx((tx) => readAudit(tx, { after, limit: Math.min(pageRows, until - after) }));
    const last = rows.at(-1);
    if (!last) return;
    yield* rows;
    after = last.seq;
  }
}

function judge(header: AuditHeader, chain: ChainResult): AuditVerdict {
  if (!chain.ok) return fault(chain.why);
  if (chain.count !== header.rows) return fault(`the header counts ${header.rows} rows, and there are ${chain.count}`);
  if (chain.head !== header.head) return fault('the last row does not give the hash that the header names');
  const sentence = `${chain.count} rows of ${header.store}, exported ${header.exported_at}: unchanged and complete. Last hash ${chain.head}.`;
  return { ok: true, header, sentence };
}

function fault(why: string): AuditVerdict {
  return { ok: false, sentence: `The audit log does not hold: ${why}.` };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
