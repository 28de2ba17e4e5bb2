import type { Fact } from '../domain/facts.ts';
import { muster } from '../domain/identity.ts';
import { isOpen, type Phase } from '../domain/incident.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { RunOutcome } from '../domain/run.ts';
import { appendAudit } from '../store/audit.ts';
import { lockIncident, setPhase } from '../store/incidents.ts';
import { readRun } from '../store/runs.ts';
import { enterFact } from './timeline/enter-fact.ts';

const recovered: readonly RunOutcome[] = ['succeeded', 'succeeded-with-exceptions'];

/** Every fact is entered into the timeline; phases follow runs: the first makes it recovering, one that has recovered makes it monitoring. */
export function incidentSubscriber(deps: { clock: Clock }): (tx: Tx, fact: Fact) => Promise<void> {
  return async (tx, fact) => {
    await enterFact(deps, tx, fact);
    if (fact.kind !== 'RunStarted' && fact.kind !== 'RunEnded') return;
    const run = await readRun(tx, fact.runId);
    if (run?.purpose !== 'run') return;
    if (fact.kind === 'RunStarted') await enterPhase(deps, tx, fact, 'recovering');
    else if (recovered.includes(fact.outcome)) await enterPhase(deps, tx, fact, 'monitoring');
  };
}

async function enterPhase(
  { clock }: { clock: Clock },
  tx: Tx,
  { incidentId, runId }: { incidentId: number; runId: string },
  phase: Phase,
): Promise<void> {
  const incident = await lockIncident(tx, incidentId);
  if (!incident || !isOpen(incident) || !(await setPhase(tx, incidentId, phase))) return;
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
