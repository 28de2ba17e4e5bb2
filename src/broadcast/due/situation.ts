import { sayAsked } from '../../domain/asked.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { hasRestored } from '../../domain/restored.ts';
import { isServingSeen } from '../../domain/serving.ts';
import { pendingConsents } from '../../store/consents.ts';
import { guardsOf } from '../../store/guards.ts';
import { readPlan } from '../../store/plans.ts';
import { activeRegions, wasSwitchedTo } from '../../store/regions.ts';
import { currentRun, runsOf } from '../../store/runs.ts';
import { readSteps } from '../../store/steps.ts';
import { readTimeline } from '../../store/timeline.ts';
import type { Situation } from './compose.ts';

/** All that is on record of an incident, for its next words; `after` the entry that the words before covered. */
export async function readSituation(tx: Tx, incident: Incident, after: number): Promise<Situation> {
  return {
    incident,
    entries: await readTimeline(tx, incident.id, { after }),
    run: await readRunOf(tx, incident.id),
    moved: await servedServices(tx, incident),
    served: await servicesOfRecovery(tx, incident),
    asked: await askedCommands(tx, incident.id),
    guarded: (await guardsOf(tx, incident.id)).filter((guard) => guard.state === 'armed').map((guard) => guard.region),
  };
}

async function readRunOf(tx: Tx, incidentId: number): Promise<Situation['run']> {
  const run = await currentRun(tx, incidentId);
  if (!run) return null;
  const plan = await readPlan(tx, run.planId);
  return { run, planned: plan?.steps ?? [], steps: await readSteps(tx, run.id) };
}

/** Traffic that was seen to move restores nothing by itself: the checks behind it have to pass. */
async function servedServices(tx: Tx, incident: Incident): Promise<string[]> {
  const run = await currentRun(tx, incident.id);
  const plan = run && (await readPlan(tx, run.planId));
  if (run && plan && !isServingSeen(plan.steps, await readSteps(tx, run.id))) return [];
  const moved: string[] = [];
  for (const [service, region] of await activeRegions(tx)) {
    const of = { services: [service], region, since: incident.declaredAt };
    if (incident.services.includes(service) && (await wasSwitchedTo(tx, of))) moved.push(service);
  }
  return moved;
}

/** Of the newest recovery, unless parts of it were left out or nobody was seen served after it. */
async function servicesOfRecovery(tx: Tx, incident: Incident): Promise<string[]> {
  if (incident.phase !== 'monitoring') return [];
  for (const run of await runsOf(tx, incident.id)) {
    const plan = await readPlan(tx, run.planId);
    if (!plan || !hasRestored({ run, plan, steps: await readSteps(tx, run.id) })) continue;
    return run.outcome === 'succeeded' ? plan.steps.flatMap(({ services }) => services) : [];
  }
  return [];
}

async function askedCommands(tx: Tx, incidentId: number): Promise<string[]> {
  const commands: string[] = [];
  for (const { planId, amendment } of await pendingConsents(tx, incidentId)) {
    const plan = await readPlan(tx, planId);
    if (plan) commands.push(sayAsked(plan, amendment));
  }
  return commands;
}
