import { promiseOf } from '../../../src/domain/audience.ts';
import { verifyStored } from '../../../src/reports/audit.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Life } from './life.ts';

/** What Muster itself has written down, read after it has stopped. */
export interface Evidence {
  audit: Awaited<ReturnType<typeof verifyStored>>;
  outcomes: (string | null)[];
  /** How many rows of each kind the audit log has. */
  rows: Record<string, number>;
  /** Words that were not carried. */
  left: { key: string; state: string; why: string | null }[];
  /** By when each draft's words were promised, or would have been. */
  drafted: string[];
  /** How often a timeline says that a run was interrupted and goes on. */
  interruptions: number;
  /** What became of each time of a schedule: `backup done`. */
  occurrences: string[];
  /** Workflows that have not ended well. */
  unfinished: { id: string; status: string }[];
}

export async function readEvidence(life: Pick<Life, 'databaseUrl' | 'dataDir' | 'clock'>): Promise<Evidence> {
  const { databaseUrl, dataDir, clock } = life;
  const at = databaseUrl === undefined ? { dataDir } : { databaseUrl };
  const store = await openStore({ ...at, purpose: 'sandbox', subscribers: [], clock });
  try {
    const audit = await verifyStored(store);
    const read = await store.tx(async (tx) => ({
      outcomes: await tx.query<{ outcome: string | null }>('select outcome from run order by started_at'),
      rows: await tx.query<{ what: string; n: number }>('select what, count(*)::int as n from audit group by what'),
      left: await tx.query<Evidence['left'][number]>(
        `select key, state, why from outbox where state not in ('sent', 'superseded')`,
      ),
      occurrences: await tx.query<{ is: string }>(
        `select schedule || ' ' || state as is from occurrence order by schedule, due_at`,
      ),
      interruptions: await tx.query<{ n: number }>(
        `select count(*)::int as n from timeline where source like 'taken-up:%'`,
      ),
      drafts: await tx.query<{ dueAt: Date }>('select due_at as "dueAt" from draft_round'),
      unfinished: await tx.query<Evidence['unfinished'][number]>(
        `select workflow_uuid as id, status from dbos.workflow_status where status <> 'SUCCESS'`,
      ),
    }));
    const { drafts, occurrences, interruptions, ...rest } = read;
    return {
      ...rest,
      audit,
      interruptions: interruptions[0]?.n ?? 0,
      occurrences: occurrences.map(({ is }) => is),
      drafted: drafts.map(({ dueAt }) => promiseOf(dueAt).toISOString()),
      outcomes: read.outcomes.map(({ outcome }) => outcome),
      rows: Object.fromEntries(read.rows.map(({ what, n }) => [what, n])),
    };
  } finally {
    await store.close();
  }
}
