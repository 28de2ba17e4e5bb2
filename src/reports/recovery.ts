import type { Home } from '../domain/home.ts';
import type { Incident, Recovery } from '../domain/incident.ts';
import type { Plan } from '../domain/plan.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { Run } from '../domain/run.ts';
import { readPlan } from '../store/plans.ts';
import { runsOf } from '../store/runs.ts';
import { readSteps } from '../store/steps.ts';
import type { Evidence, Measured } from './evidence.ts';
import { measureRpo } from './measure-rpo.ts';
import { measureRto } from './measure-rto.ts';
import { incidentObjectives } from './objectives.ts';

/** RTO and RPO of an incident as its newest run that recovered has shown them; null, and why, where it did not. */
export async function measureRecovery(tx: Tx, incident: Incident, home: Home): Promise<Recovery> {
  const found = await findRecovery(tx, incident);
  const objectives = found ? found.plan.objectives : incidentObjectives(home, incident.services);
  const rto: Measured = found ? measureRto(incident, found) : unmeasured;
  const rpo: Measured = found ? measureRpo(incident, found) : unmeasured;
  return {
    rtoMs: rto.ms,
    rtoObjectiveMs: objectives.rtoMs,
    rtoExplain: rto.explain,
    rpoMs: rpo.ms,
    rpoObjectiveMs: objectives.rpoMs,
    rpoExplain: rpo.explain,
  };
}

const unmeasured: Measured = { ms: null, explain: 'no run of this incident has recovered' };

async function findRecovery(tx: Tx, incident: Incident): Promise<Evidence | null> {
  const run = (await runsOf(tx, incident.id)).find(hasRecovered);
  const plan: Plan | null = run ? await readPlan(tx, run.planId) : null;
  return run && plan ? { run, plan, steps: await readSteps(tx, run.id) } : null;
}

function hasRecovered(run: Run): boolean {
  return run.purpose === 'run' && (run.outcome === 'succeeded' || run.outcome === 'succeeded-with-exceptions');
}
