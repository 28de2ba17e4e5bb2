import type { Tx } from '../domain/ports/store.ts';

/** What there is to count at this moment. */
export interface Counts {
  runs: { status: string; count: number }[];
  /** Steps of runs under way. */
  steps: { status: string; count: number }[];
  consentsPending: number;
  outboxWaiting: number;
  outboxOldest: Date | null;
  guardsArmed: number;
  promises: { status: string; count: number }[];
}

export async function readCounts(tx: Tx): Promise<Counts> {
  const runs = await tx.query<{ status: string; count: number }>(
    'select status, count(*)::int as count from run group by status',
  );
  const steps = await tx.query<{ status: string; count: number }>(
    `select step.status, count(*)::int as count from step join run on run.id = step.run_id
     where run.status <> 'ended' group by step.status`,
  );
  const promises = await tx.query<{ status: string; count: number }>(
    'select state as status, count(*)::int as count from promise group by state',
  );
  const [rest] = await tx.query<Omit<Counts, 'runs' | 'steps' | 'promises'>>(
    `select (select count(*)::int from consent where state = 'pending') as "consentsPending",
       (select count(*)::int from outbox where state in ('due', 'claimed')) as "outboxWaiting",
       (select min(due_at) from outbox where state in ('due', 'claimed')) as "outboxOldest",
       (select count(*)::int from return_guard where state = 'armed') as "guardsArmed"`,
  );
  return {
    runs,
    steps,
    promises,
    ...(rest ?? { consentsPending: 0, outboxWaiting: 0, outboxOldest: null, guardsArmed: 0 }),
  };
}
