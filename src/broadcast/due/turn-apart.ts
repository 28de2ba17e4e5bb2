import { sayAudience } from '../../domain/audience.ts';
import type { Incident } from '../../domain/incident.ts';
import { crashAround } from '../../domain/ports/crash.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { type AudienceRow, audiencesOf } from '../../store/audiences.ts';
import { lockIncident } from '../../store/incidents.ts';
import type { BroadcastDeps } from '../deps.ts';
import { sayIn } from '../post.ts';
import { named } from '../words/named.ts';
import { beginTurn, endTurn, speakDue } from './turn.ts';

/** An incident's turn in which each audience has a transaction of its own: one that fails silences no other. */
export async function turnApart(deps: BroadcastDeps, incidentId: number): Promise<void> {
  try {
    const due = await holding(deps, incidentId, (tx, incident) => beginTurn(deps, tx, incident));
    for (const row of due ?? []) await speakAlone(deps, row);
    await holding(deps, incidentId, (tx, incident) => endTurn(deps, tx, incident));
  } catch (error) {
    deps.onError(error);
  }
}

async function speakAlone(deps: BroadcastDeps, row: AudienceRow): Promise<void> {
  try {
    await holding(deps, row.incidentId, (tx, incident) => speakIfDue(deps, tx, incident, row));
  } catch (error) {
    deps.onError(error);
    await holding(deps, row.incidentId, (tx, incident) => tellFailed(deps, tx, incident, row));
  }
}

/** Somebody may have spoken since it was found to be due. */
async function speakIfDue(
  deps: BroadcastDeps,
  tx: Tx,
  incident: Incident,
  { audience }: Pick<AudienceRow, 'audience'>,
): Promise<void> {
  const now = deps.clock.now();
  const row = (await audiencesOf(tx, incident.id)).find((one) => one.audience === audience);
  if (row && row.dueAt !== null && row.dueAt <= now) await speakDue(deps, tx, incident, row);
}

/** Once for what is due; it is tried again at each look. */
async function tellFailed(deps: BroadcastDeps, tx: Tx, incident: Incident, row: AudienceRow): Promise<void> {
  const text = deps.say('words-failed', { ...named(incident), audience: sayAudience(row.audience) });
  const key = `words-failed:${incident.id}:${row.audience}:${row.dueAt?.toISOString() ?? ''}`;
  await sayIn(deps, tx, { incidentId: incident.id, key, text, mention: [incident.commander] });
}

async function holding<T>(
  deps: BroadcastDeps,
  incidentId: number,
  work: (tx: Tx, incident: Incident) => Promise<T>,
): Promise<T | null> {
  return deps.store.tx(async (tx) => {
    const incident = await lockIncident(tx, incidentId);
    if (!incident || incident.phase === 'closed') return null;
    const done = await work(tx, incident);
    crashAround(tx, deps.crash, 'broadcast.due', String(incidentId));
    return done;
  });
}
