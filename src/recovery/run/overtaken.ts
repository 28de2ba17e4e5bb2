import { Refusal } from '../../domain/errors.ts';
import { regionOf } from '../../domain/home.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { activeRegions } from '../../store/regions.ts';
import { plansOfLaterRuns } from '../../store/runs.ts';
import type { RecoveryDeps } from '../deps.ts';
import { lockKeys } from './lock-keys.ts';

/** Refuses a plan that the world has overtaken since it was made: other runs have moved what it is about. */
export async function refuseOvertaken(tx: Tx, deps: RecoveryDeps, plan: Plan): Promise<void> {
  await refuseOtherRegion(tx, deps, plan);
  if (plan.undoes !== null) await refuseLaterRun(tx, plan, plan.undoes);
}

async function refuseOtherRegion(tx: Tx, deps: RecoveryDeps, plan: Plan): Promise<void> {
  const active = await activeRegions(tx);
  const services = [...new Set(plan.steps.flatMap((step) => step.services))];
  for (const service of services) {
    const region = regionOf(deps.home, active, service);
    if (region === plan.regions.active) continue;
    throw new Refusal(
      `${plan.title} was planned while ${service} was active in ${plan.regions.active}; it is active in ${region} now. Plan again.`,
    );
  }
}

/** What a later run has built on an earlier one is not taken from under it. */
async function refuseLaterRun(tx: Tx, plan: Plan, undoes: string): Promise<void> {
  const own = new Set(lockKeys(plan, plan.steps));
  for (const later of await plansOfLaterRuns(tx, undoes)) {
    const shared =
      later.plan.id === plan.id ? undefined : lockKeys(later.plan, later.plan.steps).find((key) => own.has(key));
    if (shared === undefined) continue;
    throw new Refusal(
      `${later.plan.command} ${later.runId} came after what this would undo and has worked on ${shared} as well: ` +
        'putting the older state back would take it from under that run. Use the command that leads where you want to be.',
    );
  }
}
