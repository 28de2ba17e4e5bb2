import { createHash } from 'node:crypto';
import { Refusal } from '../../domain/errors.ts';
import { incidentLabel } from '../../domain/incident.ts';
import { type Person, refuseUnless } from '../../domain/person.ts';
import type { TimelineKind } from '../../domain/timeline.ts';
import { appendAudit } from '../../store/audit.ts';
import { rolesOf } from '../../store/roles.ts';
import { enterTimeline, type NewEntry } from '../../store/timeline.ts';
import type { IncidentsDeps } from '../deps.ts';
import { findIncident } from '../find.ts';
import { clipped } from './say.ts';

interface Typed {
  incidentId: number;
  text: string;
}

/** A person's own words in the timeline, as they typed them. */
export async function noteText(deps: IncidentsDeps, ask: Typed, by: Person): Promise<string> {
  const text = clipped(ask.text);
  if (text === '') throw new Refusal('The note is empty: say in a few words what happened.', 'text');
  return deps.store.tx(async (tx) => {
    const incident = await findIncident(tx, ask.incidentId);
    refuseUnless(await rolesOf(tx, incident.id, by), 'note');
    const entry = typedEntry({ ...ask, text }, by, 'note', deps.clock.now());
    const entryId = await enterTimeline(tx, entry);
    if (entryId !== null) {
      await appendAudit(tx, {
        at: entry.at,
        who: by.name,
        door: by.door,
        what: 'timeline.noted',
        incidentId: incident.id,
        runId: null,
        detail: { text },
      });
      await tx.tell({ kind: 'TimelineNoted', incidentId: incident.id, entryId });
    }
    return `Noted in the timeline of ${incidentLabel(incident)}.`;
  });
}

/** What a person without a role types is answered, and is not part of the incident. */
export async function enterCommand(deps: IncidentsDeps, ask: Typed, by: Person): Promise<void> {
  const text = clipped(ask.text);
  if (text === '') return;
  await deps.store.tx(async (tx) => {
    const roles = await rolesOf(tx, ask.incidentId, by);
    if (roles.size === 0) return;
    await enterTimeline(tx, typedEntry({ ...ask, text }, by, 'command', deps.clock.now()));
  });
}

/** The same words of the same person in the same millisecond are one entry: a request that was taken twice. */
function typedEntry(typed: Typed, by: Person, kind: TimelineKind, at: Date): NewEntry {
  const hash = createHash('sha256').update(`${by.name}\n${typed.text}`).digest('hex').slice(0, 16);
  const source = `${kind}:${typed.incidentId}:${at.getTime()}:${hash}`;
  return { incidentId: typed.incidentId, at, kind, who: by.name, text: typed.text, source };
}
