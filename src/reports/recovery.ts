import type { Home } from '../domain/home.ts';
import type { Incident, Recovery } from '../domain/incident.ts';
import { inMs, objectiveFor } from '../domain/objectives.ts';
import type { Tx } from '../domain/ports/store.ts';
import { hasRecovered } from '../domain/restored.ts';
import { readPlan } from '../store/plans.ts';
import { runsOf } from '../store/runs.ts';
import { readSteps } from '../store/steps.ts';
import type { Evidence, Measured } from './evidence.ts';
import { measureRpo } from './measure-rpo.ts';
import { measureRto } from './measure-rto.ts';

/**
 * RTO and RPO of an incident as its recoveries have shown them, beside what its services are owed, whatever was run; null,
 * and why, where they did not.
 */
export async function measureRecovery(tx: Tx, incident: Incident, home: Home): Promise<Recovery> {
  const runs = await readEvidence(tx, incident);
  const objectives = inMs(objectiveFor(home, incident.services));
  const rto = measureRto(incident, runs);
  const rpo = measureRpo(incident, runs);
  const unmeasured: Measured = {
    ms: null,
    explain: runs.some(hasRecovered) ? 'what recovered was undone' : 'no run of this incident has recovered',
  };
  return {
    rtoMs: (rto ?? unmeasured).ms,
    rtoObjectiveMs: objectives.rtoMs,
    rtoExplain: (rto ?? unmeasured).explain,
    rpoMs: (rpo ?? unmeasured).ms,
    rpoObjectiveMs: objectives.rpoMs,
    rpoExplain: (rpo ?? unmeasured).explain,
  };
}

/** In the order in which they began, with those that put back. */
async function readEvidence(tx: Tx, incident: Incident): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for (const run of (await runsOf(tx, incident.id)).toReversed()) {
    const plan = await readPlan(tx, run.planId);
    if (plan) found.push({ run, plan, steps: await readSteps(tx, run.id) });
  }
  return found;
}
