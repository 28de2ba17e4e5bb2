import type { EscalationMeans } from '../../domain/facts.ts';
import { muster } from '../../domain/identity.ts';
import { type Incident, incidentLabel } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { recordClimb } from '../../store/escalations.ts';
import type { WordsDeps } from '../deps.ts';
import { call } from './call.ts';
import { type Called, calledAbout, lackOf } from './called.ts';
import { dueRungs, type Standing } from './ladder.ts';
import { meansOf, wantedMeans } from './means.ts';

/** One call: by this means, for this rung, and whom it reaches. */
export interface Climb {
  incident: Incident;
  startedAt: Date;
  rung: number;
  means: EscalationMeans;
  /** What was wanted instead and why it is not there; null when it is what was wanted. */
  lacking: { means: EscalationMeans; why: string } | null;
  called: readonly Called[];
}

/** Calls for every rung that is due by now; after a silence each means is used once. */
export async function climb(deps: WordsDeps, tx: Tx, incident: Incident, standing: Standing): Promise<void> {
  const rungs = dueRungs(deps.home, standing, deps.clock.now());
  const last = rungs.at(-1);
  if (last === undefined) return;
  const called = await calledAbout(deps, tx, incident);
  const climbs = rungs.map((rung) => climbOf(deps, { incident, startedAt: standing.startedAt, called }, rung));
  const once = [...new Map(climbs.map((one) => [one.means, one])).values()];
  for (const one of once) {
    const to = await call(deps, tx, one);
    await recordCall(deps, tx, one, to);
  }
  await recordClimb(tx, incident.id, { rung: last + 1, paged: once.some((one) => one.means === 'pager') });
}

function climbOf(deps: WordsDeps, of: Pick<Climb, 'incident' | 'startedAt' | 'called'>, rung: number): Climb {
  const lacks = (means: EscalationMeans) => lackOf(deps, of.called, means);
  const means = meansOf(rung, (one) => lacks(one) === null);
  const wanted = wantedMeans(rung);
  const why = lacks(wanted);
  return { ...of, rung, means, lacking: why === null ? null : { means: wanted, why } };
}

async function recordCall(deps: WordsDeps, tx: Tx, climbed: Climb, to: string[]): Promise<void> {
  const { incident, rung, means, lacking } = climbed;
  await appendAudit(tx, {
    at: deps.clock.now(),
    who: muster.name,
    door: muster.door,
    what: 'escalation.climbed',
    incidentId: incident.id,
    runId: null,
    detail: { rung, how: means, to, label: incidentLabel(incident), ...(lacking && { insteadOf: lacking.means }) },
  });
  await tx.tell({ kind: 'Escalated', incidentId: incident.id, rung, how: means, to });
}
