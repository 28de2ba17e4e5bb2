import { type Incident, incidentLabel } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { insertEscalation, readEscalation } from '../../store/escalations.ts';
import type { WordsDeps } from '../deps.ts';
import { touchCalls } from './calls.ts';
import { climb } from './climb.ts';
import { tellPager } from './pager.ts';

/** People are called from now on, until somebody acknowledges; the first rung at once where it says 0m. */
export async function startEscalation(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const { severity, declaredAt: startedAt } = incident;
  await insertEscalation(tx, incident.id, startedAt);
  await climb(deps, tx, incident, { severity, startedAt, rung: 0 });
}

/** The impact is over: nobody is called any more, and a pager that was told of it is told so. */
export async function endEscalation(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  await touchCalls(deps, tx, incident);
  const escalation = await readEscalation(tx, incident.id);
  if (!escalation?.paged) return;
  const label = incidentLabel(incident);
  const summary = `${label} ${incident.title} is resolved`;
  await tellPager(deps, tx, { incident, action: 'resolve', about: label, turn: 'resolve', summary });
}
