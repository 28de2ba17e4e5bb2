import { type Incident, isIncident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { WordsDeps } from '../deps.ts';
import { sayIn, touch } from '../post.ts';
import { redraftPublic } from '../public/page.ts';
import { followChannel } from './incident.ts';
import { named } from './named.ts';
import { tellChange } from './told.ts';

/** It is worse, or better, than was thought: to responders and stakeholders, with how things stand. */
export async function tellSeverity(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { from: string; to: string; by: string },
): Promise<void> {
  const { from, to, by } = of;
  await touch(deps, tx, { kind: 'incident-header', incidentId: incident.id });
  await followChannel(deps, tx, incident);
  await redraftPublic(deps, tx, incident);
  const change = deps.say('severity-inside', { from, to });
  const told = await tellChange(deps, tx, incident, { audiences: ['responders', 'stakeholders'], change });
  if (told.includes('responders')) return;
  const text = deps.say('severity-changed', { ...named(incident), from, to, by });
  await sayIn(deps, tx, { incidentId: incident.id, key: deps.ids.next('say'), text, mention: [incident.commander] });
}

/** Somebody else commands: they are called, and told how things stand; of an incident stakeholders read who it is. */
export async function tellHandedOver(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { from: string; to: string; by: string },
): Promise<void> {
  const { phase } = incident;
  const { from, to, by } = of;
  const third = by !== from && by !== to;
  const impact = isIncident(incident) && { severity: incident.severity, services: incident.services.join(', ') };
  const text = deps.say('hand-over', { ...named(incident), from, to, by, third, phase, ...impact });
  await sayIn(deps, tx, { incidentId: incident.id, key: deps.ids.next('say'), text, mention: [to] });
  await touch(deps, tx, { kind: 'incident-header', incidentId: incident.id });
  if (!isIncident(incident)) return;
  const change = deps.say('hand-over-inside', { from, to });
  await tellChange(deps, tx, incident, { audiences: ['stakeholders'], change });
}
