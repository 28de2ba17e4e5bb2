import type { Tx } from '../domain/ports/store.ts';
import type { RunOutcome } from '../domain/run.ts';
import type { Occurrence, OccurrenceState } from '../domain/schedule.ts';
import { cleanText } from './clean.ts';

export const occurrenceColumns = `id, schedule, due_at as "dueAt", until, state, incident_id::int as "incidentId", run_id as "runId",
  outcome, ended_by as "endedBy", why, ended_at as "endedAt"`;

export interface NewOccurrence extends Pick<Occurrence, 'id' | 'schedule' | 'dueAt' | 'until'> {
  state: 'due' | 'asked' | 'missed';
  remindAt: Date | null;
  why: string | null;
  endedAt: Date | null;
}

/** False when it was written down before. */
export async function insertOccurrence(tx: Tx, one: NewOccurrence): Promise<boolean> {
  const rows = await tx.query(
    `insert into occurrence (id, schedule, due_at, until, state, remind_at, why, ended_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
    [one.id, one.schedule, one.dueAt, one.until, one.state, one.remindAt, one.why, one.endedAt],
  );
  return rows.length > 0;
}

export async function readOccurrence(tx: Tx, id: string): Promise<Occurrence | null> {
  const [row] = await tx.query<Occurrence>(`select ${occurrenceColumns} from occurrence where id = $1`, [id]);
  return row ?? null;
}

/** Held until the transaction ends. */
export async function lockOccurrence(tx: Tx, id: string): Promise<Occurrence | null> {
  const [row] = await tx.query<Occurrence>(
    `select ${occurrenceColumns} from occurrence where id = $1 for no key update`,
    [id],
  );
  return row ?? null;
}

/** Schedules whose owner is to be reminded now. */
export async function dueReminders(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.query<{ schedule: string }>(
    `select distinct schedule from occurrence where state = 'asked' and remind_at <= $1 and until > $1`,
    [now],
  );
  return rows.map(({ schedule }) => schedule);
}

/** Those of a schedule of which its owner is to be reminded now, each held by one process only; they are not again. */
export async function takeReminders(tx: Tx, schedule: string, now: Date): Promise<Occurrence[]> {
  return tx.query<Occurrence>(
    `update occurrence set remind_at = null where id in (
       select id from occurrence where schedule = $2 and state = 'asked' and remind_at <= $1 and until > $1
       for update skip locked)
     returning ${occurrenceColumns}`,
    [now, schedule],
  );
}

/** Those whose time to begin is over: missed from now on. One that a process is about to start is left to it. */
export async function takeMissed(tx: Tx, now: Date, staleBefore: Date): Promise<Occurrence[]> {
  return tx.query<Occurrence>(
    `update occurrence set state = 'missed', ended_at = $1, remind_at = null,
       why = coalesce(why, case state when 'asked' then 'nobody started it' else 'it was not started in its time' end)
     where id in (
       select id from occurrence where state in ('due', 'asked') and until <= $1
         and (claimed_at is null or claimed_at <= $2) for update skip locked)
     returning ${occurrenceColumns}`,
    [now, staleBefore],
  );
}

/**
 * Claims one that is to start by itself, or that a process has claimed and was not heard of since; `again` is whether it
 * was claimed before.
 */
export async function claimDue(
  tx: Tx,
  now: Date,
  of: { at: Date; staleBefore: Date },
): Promise<(Occurrence & { again: boolean }) | null> {
  const [row] = await tx.query<Occurrence & { again: boolean }>(
    `with head as (
       select id as head, claimed_at is not null as again from occurrence
       where state = 'due' and until > $1 and (claimed_at is null or claimed_at <= $3)
       order by due_at limit 1 for update skip locked)
     update occurrence set claimed_at = $2 from head where id = head.head
     returning ${occurrenceColumns}, head.again`,
    [now, of.at, of.staleBefore],
  );
  return row ?? null;
}

/** Still at it. False when the claim was lost to another process, or it does not wait any more. */
export async function renewStart(tx: Tx, id: string, of: { since: Date; at: Date }): Promise<boolean> {
  const rows = await tx.query(
    `update occurrence set claimed_at = $3 where id = $1 and state = 'due' and claimed_at = $2 returning id`,
    [id, of.since, of.at],
  );
  return rows.length > 0;
}

/** What a dead process had claimed may be claimed again at once; only for whoever is alone with the store. */
export async function releaseStarts(tx: Tx): Promise<void> {
  await tx.query(`update occurrence set claimed_at = '-infinity' where state = 'due' and claimed_at is not null`);
}

/** It does not start by itself: people are asked. False when it is not due any more. */
export async function handOver(tx: Tx, id: string, why: string, remindAt: Date): Promise<boolean> {
  const rows = await tx.query(
    `update occurrence set state = 'asked', why = $2, remind_at = $3, claimed_at = null
     where id = $1 and state = 'due' returning id`,
    [id, cleanText(why), remindAt],
  );
  return rows.length > 0;
}

export async function declineOccurrence(
  tx: Tx,
  id: string,
  decided: { by: string; why: string; at: Date },
): Promise<void> {
  await tx.query(
    `update occurrence set state = 'declined', ended_by = $2, why = $3, ended_at = $4, remind_at = null where id = $1`,
    [id, decided.by, cleanText(decided.why), decided.at],
  );
}

/** The oldest of a schedule in this state is started by this run; null where there is none. */
export async function startOccurrence(
  tx: Tx,
  of: { schedule: string; state: 'due' | 'asked' },
  run: { id: string; incidentId: number },
): Promise<Occurrence | null> {
  const [row] = await tx.query<Occurrence>(
    `update occurrence set state = 'started', run_id = $3, incident_id = $4, remind_at = null where id = (
       select id from occurrence where schedule = $1 and state = $2 order by due_at limit 1 for update)
     returning ${occurrenceColumns}`,
    [of.schedule, of.state, run.id, run.incidentId],
  );
  return row ?? null;
}

/** Null when this run was of no schedule, or has ended before. */
export async function endOccurrence(
  tx: Tx,
  runId: string,
  end: { outcome: RunOutcome; at: Date },
): Promise<Occurrence | null> {
  const [row] = await tx.query<Occurrence>(
    `update occurrence set state = 'done', outcome = $2, ended_at = $3 where run_id = $1 and state = 'started'
     returning ${occurrenceColumns}`,
    [runId, end.outcome, end.at],
  );
  return row ?? null;
}

/** Those that were due from one instant to before another, in order. */
export async function occurrencesBetween(tx: Tx, from: Date, until: Date): Promise<Occurrence[]> {
  return tx.query<Occurrence>(
    `select ${occurrenceColumns} from occurrence where due_at >= $1 and due_at < $2 order by due_at, schedule`,
    [from, until],
  );
}

/** When something is next to be done with what waits; null when nothing does. */
export async function nextOfWaiting(tx: Tx): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date | null }>(
    `select min(least(until, remind_at)) as at from occurrence where state in ('due', 'asked')`,
  );
  return row?.at ?? null;
}

export interface Standing {
  last: Occurrence | null;
  waiting: Occurrence | null;
  missed: number;
}

const waiting: readonly OccurrenceState[] = ['due', 'asked', 'started'];

/** The newest of a schedule that has ended, the oldest that has not, and how many were missed since an instant. */
export async function standingOf(tx: Tx, schedule: string, since: Date): Promise<Standing> {
  const [last] = await tx.query<Occurrence>(
    `select ${occurrenceColumns} from occurrence where schedule = $1 and ended_at is not null order by due_at desc limit 1`,
    [schedule],
  );
  const [first] = await tx.query<Occurrence>(
    `select ${occurrenceColumns} from occurrence where schedule = $1 and state = any($2::text[]) order by due_at limit 1`,
    [schedule, waiting],
  );
  const [counted] = await tx.query<{ missed: number }>(
    `select count(*)::int as missed from occurrence where schedule = $1 and state = 'missed' and due_at >= $2`,
    [schedule, since],
  );
  return { last: last ?? null, waiting: first ?? null, missed: counted?.missed ?? 0 };
}
