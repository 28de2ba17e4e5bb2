import type { Outgoing } from '../domain/notice.ts';
import type { Tx } from '../domain/ports/store.ts';

/** What there is to count at this moment. */
export interface Counts {
  /** Runs that have not ended. */
  runs: { status: string; count: number }[];
  /** Their steps. */
  steps: { status: string; count: number }[];
  consentsPending: number;
  /** Words that have not gone out; a destination without any is left out. */
  outbox: { to: Outgoing['to']; count: number; oldest: Date }[];
  /** Return guards on watch, and how many of them could not fence when they last tried. */
  guards: { armed: number; troubled: number };
  /** Since the store was made. */
  promises: { status: string; count: number }[];
}

export async function readCounts(tx: Tx): Promise<Counts> {
  const runs = await tx.query<{ status: string; count: number }>(
    `select status, count(*)::int as count from run where status <> 'ended' group by status`,
  );
  const steps = await tx.query<{ status: string; count: number }>(
    `select step.status, count(*)::int as count from step join run on run.id = step.run_id
     where run.status <> 'ended' group by step.status`,
  );
  const promises = await tx.query<{ status: string; count: number }>(
    'select state as status, count(*)::int as count from promise group by state',
  );
  const [rest] = await tx.query<Pick<Counts, 'consentsPending' | 'guards'>>(
    `select (select count(*)::int from consent where state = 'pending') as "consentsPending",
       (select jsonb_build_object('armed', count(*), 'troubled', count(trouble)) from return_guard
          where state = 'armed') as guards`,
  );
  const outbox = await readWaiting(tx);
  return { runs, steps, promises, outbox, ...(rest ?? { consentsPending: 0, guards: { armed: 0, troubled: 0 } }) };
}

/** Words that have not gone out, by destination, and when the oldest of them was decided. */
export function readWaiting(tx: Tx): Promise<Counts['outbox']> {
  return tx.query<Counts['outbox'][number]>(
    `select document->>'to' as "to", count(*)::int as count, min(enqueued_at) as oldest
     from outbox where state in ('due', 'claimed') group by 1 order by 1`,
  );
}

/** Return guards that are armed and could not fence when they last tried. */
export function readTroubledGuards(tx: Tx): Promise<{ region: string; why: string }[]> {
  return tx.query<{ region: string; why: string }>(
    `select region, trouble as why from return_guard where state = 'armed' and trouble is not null order by armed_at`,
  );
}

/** Schedules whose newest time that is over was missed, with when it was due. */
export function readMissedSchedules(tx: Tx): Promise<{ schedule: string; dueAt: Date; endedAt: Date }[]> {
  return tx.query<{ schedule: string; dueAt: Date; endedAt: Date }>(
    `select schedule, due_at as "dueAt", ended_at as "endedAt" from (
       select distinct on (schedule) schedule, due_at, ended_at, state from occurrence
       where ended_at is not null order by schedule, due_at desc) newest
     where state = 'missed' order by ended_at`,
  );
}
