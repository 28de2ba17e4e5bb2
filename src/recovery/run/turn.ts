import { isChecklist } from '../../domain/checklist.ts';
import { asAsked } from '../../domain/checkpoint.ts';
import { type Machine, standingOfRun } from '../../domain/machine.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import { crashAround } from '../../domain/ports/crash.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { Run, RunOutcome, StepState } from '../../domain/run.ts';
import { appendAudit } from '../../store/audit.ts';
import { supersedeConsentsOfRun } from '../../store/consents.ts';
import { lockIncident } from '../../store/incidents.ts';
import { setActiveRegion } from '../../store/regions.ts';
import { endRun, insertTurn, lockRun, releaseLocks, updateRun } from '../../store/runs.ts';
import { readSteps, saveAsked, saveSteps } from '../../store/steps.ts';
import type { RecoveryDeps, StepEnded } from '../deps.ts';
import { armGuard } from './arm-guard.ts';
import { askNow } from './ask-now.ts';
import { beginChecklist } from './checklist-flow.ts';
import { releaseIdleGuards } from './release-guards.ts';

interface Turn {
  runId: string;
  plan: Plan;
  turn: number;
  machine: Machine;
}

/** Writes down where a run stands after one turn, and what follows from it: once, however often it is replayed. */
export async function writeTurn(deps: RecoveryDeps, { runId, plan, turn, machine }: Turn): Promise<null> {
  await deps.store.tx(async (tx) => {
    if (!(await insertTurn(tx, runId, turn))) return;
    const run = await lockRun(tx, runId);
    if (!run) return;
    const before = new Map((await readSteps(tx, runId)).map((step) => [step.id, step.status]));
    await saveSteps(tx, runId, machine.steps);
    const news = machine.steps.filter((step) => before.get(step.id) !== step.status);
    for (const step of news) await follow(tx, deps, run, plan, step, machine);
    await tellStanding(tx, run, plan, machine);
    crashAround(tx, deps.crash, 'run.turned', String(turn));
  });
  return null;
}

interface End {
  runId: string;
  plan: Plan;
  machine: Machine;
  outcome: RunOutcome;
  exceptions: string[];
}

export async function writeEnd(deps: RecoveryDeps, { runId, plan, machine, outcome, exceptions }: End): Promise<null> {
  await deps.store.tx(async (tx) => {
    // The incident before the run, as everywhere: what ends a run may change its incident's phase.
    await lockIncident(tx, plan.incidentId);
    const at = deps.clock.now();
    const { note } = standingOfRun(plan, machine);
    if (!(await endRun(tx, runId, { outcome, exceptions, note, at }))) return;
    await saveSteps(tx, runId, machine.steps);
    await releaseLocks(tx, runId);
    await releaseIdleGuards(tx, deps, plan, machine, runId);
    await appendAudit(tx, {
      at,
      who: 'muster',
      door: 'muster',
      what: 'run.ended',
      incidentId: plan.incidentId,
      runId,
      detail: { outcome, exceptions, steps: machine.steps.map(({ id, status }) => ({ id, status })) },
    });
    for (const requestId of await supersedeConsentsOfRun(tx, runId, at)) {
      await tx.tell({ kind: 'ConsentChanged', incidentId: plan.incidentId, requestId });
    }
    await tx.tell({ kind: 'RunEnded', incidentId: plan.incidentId, runId, outcome });
    crashAround(tx, deps.crash, 'run.ended', plan.command);
  });
  return null;
}

/** What a step's new status brings about beyond the run itself. */
async function follow(
  tx: Tx,
  deps: RecoveryDeps,
  run: Run,
  plan: Plan,
  step: StepState,
  { steps }: Machine,
): Promise<void> {
  const approved = plan.steps.find((at) => at.id === step.id);
  if (!approved) return;
  const asked = approved.kind === 'human' && step.status === 'running' ? askNow(plan, approved, steps) : null;
  if (asked !== null) await saveAsked(tx, run.id, step.id, asked);
  const planned = asAsked(approved, { asked });
  if (hasEnded(step)) tx.afterCommit(() => deps.stepEnded(endOf(run, planned, step)));
  if (isChecklist(planned) && step.status === 'running') await beginChecklist(tx, run.id, planned, step);
  if (planned.fence && step.status === 'deferred') {
    await armGuard(tx, deps, { runId: run.id, incidentId: run.incidentId, step: planned, region: plan.regions.active });
  }
  const region = step.output?.region;
  if (planned.traffic !== 'none' && isObserved(step) && typeof region === 'string') {
    await switchRegion(tx, deps, run, planned, region);
  }
}

function hasEnded({ status }: StepState): boolean {
  return status !== 'waiting' && status !== 'running';
}

function endOf(run: Run, { uses }: PlannedStep, step: StepState): StepEnded {
  const { id, attempt, status, note, startedAt, endedAt } = step;
  const seconds = startedAt && endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 : null;
  return { incidentId: run.incidentId, runId: run.id, step: id, attempt, uses, status, note, seconds };
}

function isObserved({ status }: StepState): boolean {
  return status === 'done' || status === 'unchanged';
}

async function switchRegion(tx: Tx, deps: RecoveryDeps, run: Run, planned: PlannedStep, region: string): Promise<void> {
  const { services } = planned;
  const at = deps.clock.now();
  await setActiveRegion(tx, { services, region, runId: run.id, at });
  await appendAudit(tx, {
    at,
    who: 'muster',
    door: 'muster',
    what: 'region.switched',
    incidentId: run.incidentId,
    runId: run.id,
    detail: { services, region, step: planned.id },
  });
  await tx.tell({ kind: 'RegionSwitched', incidentId: run.incidentId, runId: run.id, services, region });
}

async function tellStanding(tx: Tx, run: Run, plan: Plan, machine: Machine): Promise<void> {
  const { status, note } = standingOfRun(plan, machine);
  if (status !== 'ended') await updateRun(tx, run.id, { status, note });
  await tx.tell({ kind: 'RunChanged', incidentId: run.incidentId, runId: run.id });
  const newlyPaused = status === 'paused' && (run.status !== 'paused' || run.note !== note);
  if (newlyPaused)
    await tx.tell({ kind: 'RunPaused', incidentId: run.incidentId, runId: run.id, why: note ?? 'paused' });
}
