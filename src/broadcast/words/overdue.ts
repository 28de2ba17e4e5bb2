import type { Incident } from '../../domain/incident.ts';
import type { Store, Tx } from '../../domain/ports/store.ts';
import { sayInstant } from '../../domain/say-instant.ts';
import { nextOverdue, type OverdueItem, takeOverdue } from '../../store/checklists.ts';
import { readIncident } from '../../store/incidents.ts';
import type { WordsDeps } from '../deps.ts';
import { post, sayIn } from '../post.ts';
import { peopleOf } from './checklist.ts';
import { named } from './named.ts';

/** Reminds the owners of what is overdue, once each. Returns when the next item is due, or null when none is. */
export async function watchChecklists(deps: WordsDeps & { store: Store }): Promise<Date | null> {
  return deps.store.tx(async (tx) => {
    for (const item of await takeOverdue(tx, deps.clock.now())) await remind(deps, tx, item);
    return nextOverdue(tx);
  });
}

async function remind(deps: WordsDeps, tx: Tx, overdue: OverdueItem): Promise<void> {
  const { runId, stepId: step, item, owner, incidentId } = overdue;
  const incident = await readIncident(tx, incidentId);
  if (!incident) return;
  await tx.tell({ kind: 'ItemOverdue', incidentId, runId, step, item, owner });
  const key = `overdue:${runId}:${step}:${item}`;
  const text = deps.say('checklist-overdue', {
    ...named(incident),
    step,
    item,
    what: overdue.text,
    due: sayInstant(overdue.dueAt, deps.home.timezone),
    where: incident.channel ?? incident.channelName,
  });
  await sendTo(deps, tx, incident, { owner, key, text });
}

/** To each of them directly; in the channel where none of them can be. */
async function sendTo(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  { owner, key, text }: { owner: string | null; key: string; text: string },
): Promise<void> {
  const people = await peopleOf(deps, tx, incident, owner);
  const reached = [...new Set(people.flatMap(({ slack }) => slack ?? []))];
  for (const slack of reached)
    await post(deps, tx, {
      place: { in: 'direct', slack },
      notice: { kind: 'sentence', text, mention: [] },
      key: `${key}:${slack}`,
    });
  if (reached.length > 0) return;
  await sayIn(deps, tx, { incidentId: incident.id, key, text, mention: [incident.commander] });
}
