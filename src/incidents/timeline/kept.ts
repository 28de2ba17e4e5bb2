import { Refusal } from '../../domain/errors.ts';
import { personBySlack } from '../../domain/identity.ts';
import { type Incident, incidentLabel } from '../../domain/incident.ts';
import { type Person, refuseUnless } from '../../domain/person.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { incidentByChannel } from '../../store/incidents.ts';
import { rolesOf } from '../../store/roles.ts';
import { editKept, enterTimeline, readKept, removeKept, restoreKept } from '../../store/timeline.ts';
import type { IncidentsDeps } from '../deps.ts';
import type { KeepAsk } from '../incidents.ts';
import { clipped } from './say.ts';

interface Message {
  channel: string;
  ts: string;
}

/** Keeps a message at the time at which it was written; one that was taken out before is shown again. */
export async function keepMessage(deps: IncidentsDeps, ask: KeepAsk, by: Person): Promise<string> {
  const text = clipped(ask.text);
  if (text === '') throw new Refusal('There is no text in this message: nothing was kept.');
  return deps.store.tx(async (tx) => {
    const incident = await incidentOf(tx, ask.channel);
    refuseUnless(await rolesOf(tx, incident.id, by), 'note');
    const kept = { channel: ask.channel, ts: ask.ts };
    if (await readKept(tx, kept)) return `It is in the timeline of ${incidentLabel(incident)} already.`;
    const entered = await enterTimeline(tx, {
      ...kept,
      incidentId: incident.id,
      at: writtenAt(ask.ts, deps.clock.now()),
      kind: 'message',
      who: personBySlack(deps.home, ask.who).name,
      text,
      source: `message:${ask.channel}:${ask.ts}`,
    });
    const entryId = entered ?? (await restoreKept(tx, { ...kept, text }));
    if (entryId === null) return `It is in the timeline of ${incidentLabel(incident)} already.`;
    await recordKept(deps, tx, { incident, by, what: 'timeline.kept', message: kept });
    await tx.tell({ kind: 'TimelineNoted', incidentId: incident.id, entryId });
    return `Kept in the timeline of ${incidentLabel(incident)}.`;
  });
}

/** Takes a message out again: that one was there stays. */
export async function unkeepMessage(deps: IncidentsDeps, message: Message, by: Person): Promise<string> {
  return deps.store.tx(async (tx) => {
    const incident = await incidentOf(tx, message.channel);
    refuseUnless(await rolesOf(tx, incident.id, by), 'note');
    const entryId = await removeKept(tx, { ...message, at: deps.clock.now() });
    if (entryId === null) throw new Refusal(`This message is not in the timeline of ${incidentLabel(incident)}.`);
    await recordKept(deps, tx, { incident, by, what: 'timeline.unkept', message });
    await tx.tell({ kind: 'TimelineNoted', incidentId: incident.id, entryId });
    return `Taken out of the timeline of ${incidentLabel(incident)}; that a message was there stays.`;
  });
}

export async function followEdit(deps: IncidentsDeps, message: Message & { text: string }): Promise<void> {
  await deps.store.tx(async (tx) => {
    const incident = await incidentByChannel(tx, message.channel);
    if (!incident) return;
    const entryId = await editKept(tx, { ...message, text: clipped(message.text), at: deps.clock.now() });
    if (entryId !== null) await tx.tell({ kind: 'TimelineNoted', incidentId: incident.id, entryId });
  });
}

export async function followDeletion(deps: IncidentsDeps, message: Message): Promise<void> {
  await deps.store.tx(async (tx) => {
    const incident = await incidentByChannel(tx, message.channel);
    if (!incident) return;
    const entryId = await removeKept(tx, { ...message, at: deps.clock.now() });
    if (entryId !== null) await tx.tell({ kind: 'TimelineNoted', incidentId: incident.id, entryId });
  });
}

async function incidentOf(tx: Tx, channel: string): Promise<Incident> {
  const incident = await incidentByChannel(tx, channel);
  if (incident) return incident;
  throw new Refusal('This channel belongs to no incident: only messages of an incident’s own channel are kept.');
}

/** Slack's timestamp of a message is when it was written, in seconds; never later than now. */
function writtenAt(ts: string, now: Date): Date {
  const seconds = Number(ts);
  if (!/^\d+(\.\d+)?$/.test(ts)) throw new Refusal(`${ts} is not the timestamp of a message.`);
  return new Date(Math.min(now.getTime(), Math.round(seconds * 1000)));
}

async function recordKept(
  deps: IncidentsDeps,
  tx: Tx,
  of: { incident: Incident; by: Person; what: string; message: Message },
): Promise<void> {
  await appendAudit(tx, {
    at: deps.clock.now(),
    who: of.by.name,
    door: of.by.door,
    what: of.what,
    incidentId: of.incident.id,
    runId: null,
    detail: { channel: of.message.channel, ts: of.message.ts },
  });
}
