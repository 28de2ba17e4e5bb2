import type { Tx } from '../domain/ports/store.ts';
import { type StepStatus, satisfied, troubled } from '../domain/run.ts';
import type { TimelineEntry, TimelineKind } from '../domain/timeline.ts';
import { cleanText } from './clean.ts';

export interface NewEntry {
  incidentId: number;
  at: Date;
  kind: TimelineKind;
  who: string;
  text: string;
  /** What names the event: it is entered once. */
  source: string;
  /** The Slack message that it was kept from. */
  channel?: string;
  ts?: string;
}

const columns = `id::int, incident_id::int as "incidentId", at, kind, who, text, edited_at as "editedAt",
  removed_at as "removedAt"`;

/** The new entry's id; null when this event was entered before. */
export async function enterTimeline(tx: Tx, entry: NewEntry): Promise<number | null> {
  const [row] = await tx.query<{ id: number }>(
    `insert into timeline (incident_id, at, kind, who, text, source, channel, ts)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (source) do nothing returning id::int`,
    [
      entry.incidentId,
      entry.at,
      entry.kind,
      cleanText(entry.who),
      cleanText(entry.text),
      cleanText(entry.source),
      entry.channel ?? null,
      entry.ts ?? null,
    ],
  );
  return row?.id ?? null;
}

/** In order of time; with `after` only what was entered after that entry, whenever it happened. */
export async function readTimeline(tx: Tx, incidentId: number, of: { after?: number } = {}): Promise<TimelineEntry[]> {
  return tx.query<TimelineEntry>(
    `select ${columns} from timeline
     where incident_id = $1 and id > $2 order by at, id`,
    [incidentId, of.after ?? 0],
  );
}

export interface KeptMessage {
  channel: string;
  ts: string;
}

/** The entry that keeps this Slack message, if one does and it is still shown. */
export async function readKept(tx: Tx, { channel, ts }: KeptMessage): Promise<TimelineEntry | null> {
  const [row] = await tx.query<TimelineEntry>(
    `select ${columns} from timeline where channel = $1 and ts = $2 and removed_at is null order by id desc limit 1`,
    [channel, ts],
  );
  return row ?? null;
}

/** Keeps a message's time and says that it was edited. The entry's id; null when no entry keeps it, or it says so already. */
export async function editKept(tx: Tx, kept: KeptMessage & { text: string; at: Date }): Promise<number | null> {
  const [row] = await tx.query<{ id: number }>(
    `update timeline set text = $3, edited_at = $4
     where channel = $1 and ts = $2 and removed_at is null and text <> $3 returning id::int`,
    [kept.channel, kept.ts, cleanText(kept.text), kept.at],
  );
  return row?.id ?? null;
}

/** Strikes a message's words; that there was one stays. The entry's id; null when no entry shows it. */
export async function removeKept(tx: Tx, kept: KeptMessage & { at: Date }): Promise<number | null> {
  const [row] = await tx.query<{ id: number }>(
    `update timeline set text = '', removed_at = $3
     where channel = $1 and ts = $2 and removed_at is null returning id::int`,
    [kept.channel, kept.ts, kept.at],
  );
  return row?.id ?? null;
}

/** Shows a message again that was taken out of the timeline. */
export async function restoreKept(tx: Tx, kept: KeptMessage & { text: string }): Promise<number | null> {
  const [row] = await tx.query<{ id: number }>(
    `update timeline set text = $3, removed_at = null
     where channel = $1 and ts = $2 and removed_at is not null returning id::int`,
    [kept.channel, kept.ts, cleanText(kept.text)],
  );
  return row?.id ?? null;
}

const settledStatuses = [...satisfied, ...troubled];

/** A step that has come to something, and that no entry says so of. */
export interface SettledStep {
  id: string;
  status: StepStatus;
  attempt: number;
  startedAt: Date | null;
  endedAt: Date | null;
  note: string | null;
  /** What its entry is to be known by. */
  source: string;
}

export async function settledUnentered(tx: Tx, runId: string): Promise<SettledStep[]> {
  return tx.query<SettledStep>(
    `select id, status, attempt, started_at as "startedAt", ended_at as "endedAt", note, source
     from step, lateral (select 'step:' || run_id || ':' || id || ':' || attempt || ':' || status as source) named
     where run_id = $1 and status = any($2::text[])
       and not exists (select from timeline where timeline.source = named.source)
     order by ended_at nulls last, position`,
    [runId, settledStatuses],
  );
}

/** The newest of an incident's entries whose source begins with one of these. */
export async function lastOf(tx: Tx, incidentId: number, beginnings: readonly string[]): Promise<string | null> {
  const [row] = await tx.query<{ source: string }>(
    `select source from timeline
     where incident_id = $1 and exists (select from unnest($2::text[]) b where starts_with(source, b))
     order by id desc limit 1`,
    [incidentId, beginnings],
  );
  return row?.source ?? null;
}
