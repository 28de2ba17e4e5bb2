import type { Machine } from '../../domain/machine.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { endGuard, type GuardRow, guardsOf } from '../../store/guards.ts';
import type { RecoveryDeps } from '../deps.ts';

/**
 * A run that ends with nothing promoted and no traffic moved has left nothing: the Region that its guards watch is the
 * one that serves, and fencing it would be the outage.
 */
export async function releaseIdleGuards(
  tx: Tx,
  deps: RecoveryDeps,
  plan: Plan,
  machine: Machine,
  runId: string,
): Promise<void> {
  const leftNothing = plan.purpose === 'undo' || !hasMovedOn(plan, machine);
  if (!leftNothing) return;
  const guarded = plan.undoes ?? runId;
  const guards = (await guardsOf(tx, plan.incidentId)).filter((guard) => guard.runId === guarded);
  for (const guard of guards)
    await releaseGuard(tx, deps, guard, 'its run ended with nothing promoted and no traffic moved');
}

export async function releaseGuard(tx: Tx, deps: RecoveryDeps, guard: GuardRow, why: string): Promise<void> {
  const at = deps.clock.now();
  if (!(await endGuard(tx, guard.id, { state: 'released', by: 'muster', at }))) return;
  const { incidentId, runId } = guard;
  await appendAudit(tx, {
    at,
    who: 'muster',
    door: 'muster',
    what: 'guard.released',
    incidentId,
    runId,
    detail: { guard: guard.id, step: guard.stepId, region: guard.region, why },
  });
  await tx.tell({ kind: 'GuardReleased', incidentId, guardId: guard.id, why });
}

function hasMovedOn(plan: Plan, machine: Machine): boolean {
  return plan.steps.some((planned) => {
    const weighty = planned.risk === 'irreversible' || planned.traffic !== 'none';
    const state = machine.steps.find((step) => step.id === planned.id);
    return weighty && state !== undefined && (state.effectSent || ['done', 'unchanged'].includes(state.status));
  });
}
