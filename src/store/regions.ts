import type { Tx } from '../domain/ports/store.ts';

/** Service → the Region it is active in; a service that was never moved is absent: it is where it was designed to be. */
export async function activeRegions(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.query<{ service: string; region: string }>('select service, region from active_region');
  return new Map(rows.map((row) => [row.service, row.region]));
}

/** Written only for a traffic step that was verified. */
export async function setActiveRegion(
  tx: Tx,
  move: { services: readonly string[]; region: string; runId: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into active_region (service, region, run_id, since)
     select unnest($1::text[]), $2, $3, $4
     on conflict (service) do update set region = excluded.region, run_id = excluded.run_id, since = excluded.since`,
    [[...new Set(move.services)], move.region, move.runId, move.at],
  );
}

/** Whether a verified traffic step has brought one of these services to this Region since then. */
export async function wasSwitchedTo(
  tx: Tx,
  of: { services: readonly string[]; region: string; since: Date },
): Promise<boolean> {
  const rows = await tx.query(
    'select service from active_region where service = any($1::text[]) and region = $2 and since > $3 limit 1',
    [of.services, of.region, of.since],
  );
  return rows.length > 0;
}
