import type { Tx } from '../domain/ports/store.ts';

/** A run that a process has left unfinished, and when any process last wrote something down. */
export interface Interrupted {
  runId: string;
  incidentId: number;
  lastAt: Date;
}

/** Runs that nobody carries on just now: none while another process holds a lease that has not run out. */
export async function interruptedRuns(tx: Tx): Promise<Interrupted[]> {
  return tx.query<Interrupted>(
    `select r.id as "runId", r.incident_id::int as "incidentId",
       coalesce((select at from audit order by seq desc limit 1), r.started_at) as "lastAt"
     from run r
     where r.status <> 'ended' and not exists (select from lease where expires_at > now())
     order by r.started_at, r.id`,
  );
}
