import type { Audience } from '../domain/audience.ts';
import type { Tx } from '../domain/ports/store.ts';

/**
 * `superseded`: a newer draft has taken its place; `lapsed`: nobody is owed it any more; `closed`: the incident was closed
 * first. Some of it may have been sent by then.
 */
export type DraftState = 'waiting' | 'sent' | 'snoozed' | 'superseded' | 'lapsed' | 'closed';

/** A draft of the next words, as it was shown; what it says follows what is true. */
export interface DraftRow {
  incidentId: number;
  round: number;
  audiences: Audience[];
  /** The due time that it was shown for; some of its audiences may have been owed words before. */
  dueAt: Date;
  shownAt: Date;
  state: DraftState;
  endedBy: string | null;
  /** Those of its audiences that were told between its being shown and its end. */
  told: Audience[];
}

const columns = `incident_id::int as "incidentId", round, audiences, due_at as "dueAt", shown_at as "shownAt", state,
  ended_by as "endedBy", told`;

/** The round's number; call it with the incident held. */
export async function insertDraftRound(
  tx: Tx,
  draft: { incidentId: number; audiences: readonly Audience[]; dueAt: Date; at: Date },
): Promise<number> {
  const [row] = await tx.query<{ round: number }>(
    `insert into draft_round (incident_id, round, audiences, due_at, shown_at, state)
     select $1, coalesce(max(round), 0) + 1, $2, $3, $4, 'waiting' from draft_round where incident_id = $1
     returning round`,
    [draft.incidentId, draft.audiences, draft.dueAt, draft.at],
  );
  if (!row) throw new Error('A draft was not written.');
  return row.round;
}

export async function readDraftRound(tx: Tx, incidentId: number, round: number): Promise<DraftRow | null> {
  const [row] = await tx.query<DraftRow>(`select ${columns} from draft_round where incident_id = $1 and round = $2`, [
    incidentId,
    round,
  ]);
  return row ?? null;
}

/** The one that people may still send; null when there is none. */
export async function waitingDraft(tx: Tx, incidentId: number): Promise<DraftRow | null> {
  const [row] = await tx.query<DraftRow>(
    `select ${columns} from draft_round where incident_id = $1 and state = 'waiting' order by round desc limit 1`,
    [incidentId],
  );
  return row ?? null;
}

/** False when it has ended before. */
export async function endDraft(
  tx: Tx,
  of: { incidentId: number; round: number },
  end: { state: Exclude<DraftState, 'waiting'>; by: string | null; told: readonly Audience[]; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `update draft_round set state = $3, ended_by = $4, ended_at = $5, told = $6
     where incident_id = $1 and round = $2 and state = 'waiting' returning round`,
    [of.incidentId, of.round, end.state, end.by, end.at, end.told],
  );
  return rows.length > 0;
}
