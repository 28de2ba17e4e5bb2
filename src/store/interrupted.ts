import type { Tx } from '../domain/ports/store.ts';

/** A run that a process has left unfinished, and when anything was last written down before. */
export interface Interrupted {
  runId: string;
  incidentId: number;
  lastAt: Date;
}

/** Runs that nobody carries on just now: none while there is a lease, whose process lives or is taken over from. */
export async function interruptedRuns(tx: Tx): Promise<Interrupted[]> {
  return tx.query<Interrupted>(
    `select r.id as "runId", r.incident_id::int as "incidentId",
       coalesce((select at from audit order by seq desc limit 1), r.started_at) as "lastAt"
     from run r
     where r.status <> 'ended' and not exists (select from lease)
     order by r.started_at, r.id`,
  );
}

/** Of these runs, those that have not ended, and when anything of each was last written down. */
export async function unfinishedRuns(tx: Tx, ids: readonly string[]): Promise<Interrupted[]> {
  return tx.query<Interrupted>(
    `select r.id as "runId", r.incident_id::int as "incidentId",
       coalesce((select at from audit where run_id = r.id order by seq desc limit 1), r.started_at) as "lastAt"
     from run r
     where r.status <> 'ended' and r.id = any($1::text[])
     order by r.started_at, r.id`,
    [ids],
  );
}
