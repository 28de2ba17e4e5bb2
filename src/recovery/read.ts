import { standstillWords } from '../commands/standstill-words.ts';
import { asAsked } from '../domain/checkpoint.ts';
import { Refusal } from '../domain/errors.ts';
import type { Plan } from '../domain/plan.ts';
import type { Tx } from '../domain/ports/store.ts';
import { type Run, troubled } from '../domain/run.ts';
import { canBeUndone } from '../domain/undoable.ts';
import type { ConsentView, RunView } from '../domain/views.ts';
import {
  approvalsOf,
  type ConsentRow,
  newestConsentOfPlan,
  pendingConsentsOfRun,
  readConsent,
} from '../store/consents.ts';
import { readIncident } from '../store/incidents.ts';
import { readPlan } from '../store/plans.ts';
import { currentRun, readRun } from '../store/runs.ts';
import { readSteps, type StepRow } from '../store/steps.ts';
import type { RecoveryDeps } from './deps.ts';

export async function readPlanOrRefuse(tx: Tx, planId: string): Promise<Plan> {
  const plan = await readPlan(tx, planId);
  if (!plan) throw new Refusal(`There is no plan ${planId}: make one with /dr plan NAME.`);
  return plan;
}

export async function readRunOrRefuse(tx: Tx, runId: string): Promise<Run> {
  const run = await readRun(tx, runId);
  if (!run) throw new Refusal(`There is no run ${runId}. /dr status shows the one under way.`);
  return run;
}

export async function viewConsent(tx: Tx, deps: RecoveryDeps, id: string): Promise<ConsentView> {
  const consent = await readConsent(tx, id);
  if (!consent) throw new Refusal(`There is no request ${id}.`);
  return consentView(tx, deps, consent);
}

export async function consentView(tx: Tx, deps: RecoveryDeps, consent: ConsentRow): Promise<ConsentView> {
  const { glassBrokenBy: by, glassReason: reason } = consent;
  return {
    id: consent.id,
    code: consent.code,
    plan: await readPlanOrRefuse(tx, consent.planId),
    amendment: consent.amendment,
    runId: consent.runId,
    requestedBy: consent.requestedBy,
    requestedAt: consent.requestedAt,
    expiresAt: consent.expiresAt,
    needed: consent.needed,
    approvals: await approvalsOf(tx, consent.id),
    state: consent.state,
    brokenGlass: by !== null && reason !== null ? { by, reason } : null,
    timezone: deps.home.timezone,
    simulated: deps.simulated,
  };
}

export async function viewRun(tx: Tx, deps: RecoveryDeps, runId: string): Promise<RunView> {
  const run = await readRunOrRefuse(tx, runId);
  const plan = await readPlanOrRefuse(tx, run.planId);
  const incident = await readIncident(tx, run.incidentId);
  if (!incident) throw new Refusal(`There is no incident INC-${run.incidentId}.`);
  const rows = await readSteps(tx, runId);
  const asking = await pendingConsentsOfRun(tx, runId);
  const consent = await newestConsentOfPlan(tx, plan.id);
  const standing = await readStandstill(tx, deps, { run, plan, rows });
  return {
    run,
    plan: { ...plan, steps: plan.steps.map((step) => asAsked(step, rowOf(rows, step.id))) },
    steps: rows.map(({ progress: _, asked: __, ...step }) => step),
    approvedBy: consent === null ? [] : (await approvalsOf(tx, consent.id)).map(({ by }) => by),
    now: deps.clock.now(),
    impactBeganAt: incident.impactBeganAt,
    timezone: deps.home.timezone,
    progress: Object.fromEntries(rows.flatMap((row) => (row.progress === null ? [] : [[row.id, row.progress]]))),
    asking: asking.map((consent) => ({
      requestId: consent.id,
      code: consent.code,
      sentence: `${consent.requestedBy} asks to ${amendmentVerb(consent)}`,
    })),
    undoable: run.status === 'ended' && canBeUndone(plan, rows),
    standstill: run.status === 'running' ? null : standing,
    simulated: deps.simulated,
  };
}

function rowOf(rows: readonly StepRow[], id: string): Pick<StepRow, 'asked'> {
  return rows.find((row) => row.id === id) ?? { asked: null };
}

/** Who takes writes, by the incident's current run; null of any other: what a later one has moved is not its to say. */
export async function readStandstill(
  tx: Tx,
  { commands }: RecoveryDeps,
  { run, plan, rows }: { run: Run; plan: Plan; rows: readonly StepRow[] },
): Promise<string | null> {
  const current = await currentRun(tx, run.incidentId);
  if (current?.id !== run.id) return null;
  return standstillWords(commands, { plan, steps: rows, ended: run.status === 'ended' });
}

export function isTroubled(status: string): boolean {
  return troubled.some((known) => known === status);
}

function amendmentVerb({ amendment }: ConsentRow): string {
  if (amendment === null) return 'run this';
  if (amendment.kind === 'skip') return `skip ${amendment.step}: ${amendment.reason}`;
  if (amendment.kind === 'defer-fence') return `defer the fence ${amendment.step}: ${amendment.reason}`;
  return `go on with ${amendment.step} as it is now: ${amendment.reason}`;
}
