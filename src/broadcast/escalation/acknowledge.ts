import { Refusal } from '../../domain/errors.ts';
import { type Incident, incidentLabel, isOpen } from '../../domain/incident.ts';
import { type Person, refuseUnless } from '../../domain/person.ts';
import type { Store, Tx } from '../../domain/ports/store.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { appendAudit } from '../../store/audit.ts';
import { insertEscalation, readEscalation, recordAcknowledged } from '../../store/escalations.ts';
import { rolesOf } from '../../store/roles.ts';
import type { WordsDeps } from '../deps.ts';
import { holdIncident } from '../find.ts';
import { sayIn, touch } from '../post.ts';
import { touchCalls } from './calls.ts';
import { tellPager } from './pager.ts';

/** Somebody has it: nobody else is called. Answers in one sentence, also who has it already. */
export async function acknowledge(
  deps: WordsDeps & { store: Store },
  ask: { incidentId: number },
  by: Person,
): Promise<string> {
  return deps.store.tx(async (tx) => {
    const incident = await holdIncident(tx, ask.incidentId);
    const label = incidentLabel(incident);
    refuseUnless(await rolesOf(tx, incident.id, by), 'ack');
    if (!isOpen(incident)) throw new Refusal(`${label} is ${incident.phase}: nobody is called about it any more.`);
    const at = deps.clock.now();
    await insertEscalation(tx, incident.id, incident.declaredAt);
    if (!(await recordAcknowledged(tx, incident.id, by.name, at))) return sayWhoHas(tx, incident, by);
    await recordAck(tx, incident, by, at);
    await tellAck(deps, tx, incident, by);
    return `You have ${label} now: nobody else is called.`;
  });
}

async function sayWhoHas(tx: Tx, incident: Incident, by: Person): Promise<string> {
  const escalation = await readEscalation(tx, incident.id);
  const since = escalation?.acknowledgedAt ? ` since ${sayUtc(escalation.acknowledgedAt)}` : '';
  const who = escalation?.acknowledgedBy === by.name ? 'You have' : `${escalation?.acknowledgedBy ?? 'Somebody'} has`;
  return `${who} ${incidentLabel(incident)}${since} already: nobody else is called.`;
}

async function recordAck(tx: Tx, incident: Incident, by: Person, at: Date): Promise<void> {
  await appendAudit(tx, {
    at,
    who: by.name,
    door: by.door,
    what: 'escalation.acknowledged',
    incidentId: incident.id,
    runId: null,
    detail: {},
  });
  await tx.tell({ kind: 'Acknowledged', incidentId: incident.id, by: by.name });
}

async function tellAck(deps: WordsDeps, tx: Tx, incident: Incident, by: Person): Promise<void> {
  const label = incidentLabel(incident);
  const text = deps.say('acknowledged', { label, title: incident.title, by: by.name });
  await sayIn(deps, tx, { incidentId: incident.id, key: `acknowledged:${incident.id}`, text });
  await touch(deps, tx, { kind: 'incident-header', incidentId: incident.id });
  await touchCalls(deps, tx, incident);
  const escalation = await readEscalation(tx, incident.id);
  if (!escalation?.paged) return;
  const summary = `${label} ${incident.title}: ${by.name} has acknowledged it`;
  await tellPager(deps, tx, { incident, action: 'acknowledge', about: label, turn: 'acknowledge', summary });
}
