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
