import type { Home } from '../domain/home.ts';
import type { Incident, Recovery } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { Run } from '../domain/run.ts';
import { readPlan } from '../store/plans.ts';
import { runsOf } from '../store/runs.ts';
import { readSteps } from '../store/steps.ts';
import type { Evidence, Measured } from './evidence.ts';
import { hasPromoted, measureRpo } from './measure-rpo.ts';
import { hasMovedTraffic, measureRto } from './measure-rto.ts';
import { incidentObjectives } from './objectives.ts';

/** RTO and RPO of an incident as its runs have shown them; null, and why, where they did not. */
export async function measureRecovery(tx: Tx, incident: Incident, home: Home): Promise<Recovery> {
  const runs = await readEvidence(tx, incident);
  const found = chooseRuns(runs);
  const objectives = incidentObjectives(home, incident.services);
  const rto: Measured = found ? measureRto(incident, found.rto) : unmeasured;
  const rpo: Measured = found ? measureRpo(incident, found.rpo) : unmeasured;
  return {
    rtoMs: rto.ms,
    rtoObjectiveMs: (found?.rto.plan.objectives ?? objectives).rtoMs,
    rtoExplain: rto.explain,
    rpoMs: rpo.ms,
    rpoObjectiveMs: (found?.rpo.plan.objectives ?? objectives).rpoMs,
    rpoExplain: rpo.explain,
  };
}

const unmeasured: Measured = { ms: null, explain: 'no run of this incident has recovered' };

/** Newest first, without those that put back. */
async function readEvidence(tx: Tx, incident: Incident): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for (const run of await runsOf(tx, incident.id)) {
    const plan = run.purpose === 'run' ? await readPlan(tx, run.planId) : null;
    if (plan) found.push({ run, plan, steps: await readSteps(tx, run.id) });
  }
  return found;
}

/**
 * A later run that only mends something takes nothing away from the one that moved traffic or promoted. What a promotion
 * lost is lost also when its run ended badly and another one recovered.
 */
function chooseRuns(runs: readonly Evidence[]): { rto: Evidence; rpo: Evidence } | null {
  const recovered = runs.filter(({ run }) => hasRecovered(run));
  const [newest] = recovered;
  if (!newest) return null;
  return { rto: recovered.find(hasMovedTraffic) ?? newest, rpo: runs.find(hasPromoted) ?? newest };
}

function hasRecovered(run: Run): boolean {
  return run.outcome === 'succeeded' || run.outcome === 'succeeded-with-exceptions';
}
