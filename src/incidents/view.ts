import { sayAsked } from '../domain/asked.ts';
import { silentRegions } from '../domain/carried.ts';
import { regionOf } from '../domain/home.ts';
import { isOpen } from '../domain/incident.ts';
import { objectivesOf } from '../domain/objectives.ts';
import type { Plan } from '../domain/plan.ts';
import type { Tx } from '../domain/ports/store.ts';
import { type Run, seen } from '../domain/run.ts';
import { standsStill } from '../domain/standstill.ts';
import type { AskedView, IncidentView, RanOutView } from '../domain/views.ts';
import { readAudienceViews } from '../store/audiences.ts';
import { approvalsOf, newestRanOut, pendingConsents } from '../store/consents.ts';
import { readEscalation } from '../store/escalations.ts';
import { type GuardRow, guardsOf } from '../store/guards.ts';
import { readRecovery } from '../store/incidents.ts';
import { newestPlan, readPlan } from '../store/plans.ts';
import { isUnpublished, type PublicIncident, readPublic } from '../store/public-incidents.ts';
import { activeRegions } from '../store/regions.ts';
import { everyoneIn, membersOf } from '../store/roles.ts';
import { currentRun, runsOf } from '../store/runs.ts';
import { readSteps, type StepRow } from '../store/steps.ts';
import type { IncidentsDeps } from './deps.ts';
import { findIncident } from './find.ts';

/** All that a header or a status shows, as it is now. */
export async function viewIncident(deps: IncidentsDeps, incidentId: number): Promise<IncidentView> {
  const { home, clock, simulated } = deps;
  return deps.store.tx(async (tx) => {
    const incident = await findIncident(tx, incidentId);
    const regions = await activeRegions(tx);
    const page = await readPublic(tx, incidentId);
    const guards = await guardsOf(tx, incidentId);
    const run = await currentRun(tx, incidentId);
    return {
      incident,
      timezone: home.timezone,
      systemTitle: home.system.title,
      now: clock.now(),
      active: incident.services.map((service) => ({ service, region: regionOf(home, regions, service) })),
      silent: isOpen(incident) ? await readSilent(tx, { incidentId, guards, run }) : [],
      // Between a fence and its promotion nobody takes writes: while the run goes on, that is its way.
      standstill: run?.status !== 'running' && standsStill(await readRuns(tx, incidentId)),
      run,
      rto: rtoOfServices(home, incident.services),
      guards: guards.map(({ id, region, stepId, state }) => ({ id, region, step: stepId, state })),
      members: await everyoneIn(tx, incidentId),
      asked: await readAsked(tx, incidentId),
      ranOut: await readRanOut(tx, incidentId),
      recovery: await readRecovery(tx, incidentId),
      publicPage: { state: page ? shownState(page, isOpen(incident)) : 'none', url: page?.url ?? null },
      audiences: await readAudienceViews(tx, home, incident),
      acknowledged: await readAcknowledged(tx, incidentId),
      simulated,
    };
  });
}

/** Whatever is run: a command's own is of its run alone. */
function rtoOfServices(home: IncidentsDeps['home'], services: readonly string[]): IncidentView['rto'] {
  const { rtoMs, rtoOf } = objectivesOf(home, services);
  return rtoMs === null || rtoOf === null ? null : { ms: rtoMs, of: rtoOf };
}

/** What its newest plan could not reach; what was fenced since then has answered. */
async function readSilent(
  tx: Tx,
  { incidentId, guards, run }: { incidentId: number; guards: readonly GuardRow[]; run: Run | null },
): Promise<IncidentView['silent']> {
  const plan = await newestPlan(tx, incidentId);
  const regions = plan === null ? [] : silentRegions(plan);
  if (plan === null || regions.length === 0) return [];
  const steps = run?.planId === plan.id ? await readSteps(tx, run.id) : [];
  const done = steps.filter(({ status }) => seen.includes(status)).map(({ id }) => id);
  const fenced = plan.steps.filter((step) => step.fence && done.includes(step.id)).map(({ target }) => target?.region);
  const answered = [...fenced, ...guards.filter(({ state }) => state !== 'armed').map(({ region }) => region)];
  const at = new Date(plan.madeAt);
  return regions.filter((region) => !answered.includes(region)).map((region) => ({ region, at }));
}

/** The newest first. */
async function readRuns(tx: Tx, incidentId: number): Promise<{ plan: Plan; steps: StepRow[] }[]> {
  const runs = [];
  for (const { id, planId } of await runsOf(tx, incidentId)) {
    const plan = await readPlan(tx, planId);
    if (plan) runs.push({ plan, steps: await readSteps(tx, id) });
  }
  return runs;
}

async function readAsked(tx: Tx, incidentId: number): Promise<AskedView[]> {
  const approvers = await membersOf(tx, incidentId, 'approvers');
  const found: AskedView[] = [];
  for (const { id, planId, amendment, code, requestedBy, requestedAt, needed } of await pendingConsents(
    tx,
    incidentId,
  )) {
    const plan = await readPlan(tx, planId);
    if (!plan) continue;
    const approved = (await approvalsOf(tx, id)).map(({ by }) => by);
    const of = approvers.map(({ person }) => person).filter((one) => one !== requestedBy && !approved.includes(one));
    const missing = Math.max(0, needed - approved.length);
    found.push({ what: sayAsked(plan, amendment), code, requestedBy, requestedAt, missing, of });
  }
  return found;
}

async function readRanOut(tx: Tx, incidentId: number): Promise<RanOutView | null> {
  const consent = await newestRanOut(tx, incidentId);
  const plan = consent && (await readPlan(tx, consent.planId));
  if (!consent || !plan) return null;
  return { what: sayAsked(plan, consent.amendment), requestedBy: consent.requestedBy, at: consent.expiresAt };
}

async function readAcknowledged(tx: Tx, incidentId: number): Promise<IncidentView['acknowledged']> {
  const escalation = await readEscalation(tx, incidentId);
  const { acknowledgedBy: by = null, acknowledgedAt: at = null } = escalation ?? {};
  return by !== null && at !== null ? { by, at } : null;
}

/** What was asked of the page is a draft until the page has it. */
function shownState(page: PublicIncident, open: boolean): IncidentView['publicPage']['state'] {
  if (!open && isUnpublished(page)) return 'unpublished';
  return page.state === 'asked' ? 'draft' : page.state;
}
