import type { Fact } from '../domain/facts.ts';
import { muster } from '../domain/identity.ts';
import { isIncident, isOpen, type Phase } from '../domain/incident.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Tx } from '../domain/ports/store.ts';
import { hasRestored, purposeOf } from '../domain/restored.ts';
import { appendAudit } from '../store/audit.ts';
import { lockIncident, setPhase } from '../store/incidents.ts';
import { readPlan } from '../store/plans.ts';
import { readRun } from '../store/runs.ts';
import { readSteps } from '../store/steps.ts';
import { enterFact } from './timeline/enter-fact.ts';

/**
 * Every fact is entered into the timeline. An incident's phases follow runs: a recovery makes it recovering, and one after
 * which people were seen served makes it monitoring.
 */
export function incidentSubscriber(deps: { clock: Clock }): (tx: Tx, fact: Fact) => Promise<void> {
  return async (tx, fact) => {
    await enterFact(deps, tx, fact);
    if (fact.kind !== 'RunStarted' && fact.kind !== 'RunEnded') return;
    const run = await readRun(tx, fact.runId);
    const plan = run?.purpose === 'run' ? await readPlan(tx, run.planId) : null;
    if (!run || !plan || purposeOf(plan) !== 'recovery') return;
    if (fact.kind === 'RunStarted') await enterPhase(deps, tx, fact, 'recovering');
    else if (hasRestored({ run, plan, steps: await readSteps(tx, run.id) }))
      await enterPhase(deps, tx, fact, 'monitoring');
  };
}

async function enterPhase(
  { clock }: { clock: Clock },
  tx: Tx,
  { incidentId, runId }: { incidentId: number; runId: string },
  phase: Phase,
): Promise<void> {
  const incident = await lockIncident(tx, incidentId);
  if (!incident || !isIncident(incident) || !isOpen(incident) || !(await setPhase(tx, incidentId, phase))) return;
  await appendAudit(tx, {
    at: clock.now(),
    who: muster.name,
    door: muster.door,
    what: 'phase.changed',
    incidentId,
    runId,
    detail: { from: incident.phase, to: phase },
  });
  await tx.tell({ kind: 'PhaseChanged', incidentId, phase });
}
