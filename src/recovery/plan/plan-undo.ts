import { Refusal } from '../../domain/errors.ts';
import { criticalPath, inOrder } from '../../domain/graph.ts';
import type { JsonObject } from '../../domain/json.ts';
import { leftByUndo } from '../../domain/left-by-undo.ts';
import { type Person, refuseUnless } from '../../domain/person.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { nameAsPutBack, nameAsUndo } from '../../domain/put-back.ts';
import { canBeUndone } from '../../domain/undoable.ts';
import { verdictOf } from '../../domain/verdict.ts';
import { readIncident } from '../../store/incidents.ts';
import { effectsIn } from '../../store/record.ts';
import { rolesOf } from '../../store/roles.ts';
import { firstSent, readStepFacts, readSteps, type StepRow } from '../../store/steps.ts';
import type { RecoveryDeps } from '../deps.ts';
import { readPlanOrRefuse, readRunOrRefuse, readStandstill } from '../read.ts';
import type { PlanMade } from '../recovery.ts';
import { guardFacts } from '../run/arm-guard.ts';
import { refuseOvertaken } from '../run/overtaken.ts';
import { sealPlan } from './digest.ts';
import { keepFenced } from './fenced.ts';
import { sayChanges } from './follows.ts';
import { planSteps, savePlan } from './make-plan.ts';

interface Undone {
  plan: Plan;
  impactBeganAt: Date;
  /** Steps whose effect was sent, the last first, with the input that puts their captured state back. */
  steps: { planned: PlannedStep; input: JsonObject }[];
  left: string[];
}

/** What putting back a run's captured state would do: its effects backwards, one after another. */
export async function makeUndoPlan(deps: RecoveryDeps, ask: { runId: string }, by: Person): Promise<PlanMade> {
  const undone = await deps.store.tx((tx) => readUndone(tx, deps, ask.runId, by));
  const plan = sealPlan(await draftUndo(deps, ask.runId, undone, by));
  await savePlan(deps, plan, by);
  return { plan, ...verdictOf(plan) };
}

async function readUndone(tx: Tx, deps: RecoveryDeps, runId: string, by: Person): Promise<Undone> {
  const run = await readRunOrRefuse(tx, runId);
  refuseUnless(await rolesOf(tx, run.incidentId, by), 'undo');
  if (run.status !== 'ended') throw new Refusal(`${run.command} has not ended: abort it first, then undo it.`);
  const plan = await readPlanOrRefuse(tx, run.planId);
  const incident = await readIncident(tx, run.incidentId);
  const rows = await readSteps(tx, runId);
  if (!incident || !canBeUndone(plan, rows)) {
    const standstill = await readStandstill(tx, deps, { run, plan, rows });
    throw new Refusal(`${run.command} cannot be undone: ${whyNot(plan, rows, standstill)}`);
  }
  const steps: Undone['steps'] = [];
  for (const planned of inOrder(plan.steps).toReversed()) {
    const called = await readSent(tx, runId, planned.id);
    const input = called && deps.actions.get(planned.uses)?.restore(called.input, called.captured);
    if (input) steps.push({ planned, input });
  }
  if (steps.length === 0) throw new Refusal(`${run.command} cannot be undone: nothing of it is left to put back.`);
  const left = leftByUndo(plan, rows, await effectsIn(tx, runId));
  const undone = { plan, impactBeganAt: incident.impactBeganAt, steps, left };
  const asUndo = { ...plan, undoes: runId, steps: steps.map(({ planned }) => planned) };
  await refuseOvertaken(tx, deps, asUndo);
  return undone;
}

/** What was sent of a step: by its run, or later by the return guard of its fence. */
async function readSent(
  tx: Tx,
  runId: string,
  stepId: string,
): Promise<{ input: JsonObject; captured: JsonObject } | undefined> {
  const own = await readStepFacts(tx, runId, stepId);
  const guards = await readStepFacts(tx, runId, guardFacts(runId, stepId));
  return (firstSent(own) ?? firstSent(guards))?.data as { input: JsonObject; captured: JsonObject } | undefined;
}

function whyNot(plan: Plan, rows: readonly StepRow[], standstill: string | null): string {
  const sent = new Set(rows.filter((row) => row.effectSent).map((row) => row.id));
  const past = plan.steps.find((step) => sent.has(step.id) && !step.undoable);
  if (past && standstill !== null) return `${past.id} has been sent. ${standstill}`;
  if (past) return `${past.id} has been sent, and ${past.undo}`;
  return sent.size === 0 ? 'it changed nothing.' : 'what it made stays, and it changed nothing else.';
}

async function draftUndo(deps: RecoveryDeps, runId: string, undone: Undone, by: Person): Promise<Plan> {
  const { plan: of, impactBeganAt } = undone;
  const id = deps.ids.next('plan');
  const evaluated = undone.steps.flatMap(({ planned, input }, at) => {
    const action = deps.actions.get(planned.uses);
    const before = undone.steps[at - 1]?.planned.id;
    if (!action) return [];
    const step = {
      id: planned.id,
      uses: planned.uses,
      title: nameAsPutBack(planned.title),
      with: input,
      needs: before ? [before] : [],
      fence: false,
      always: false,
      timeout: `${Math.ceil(planned.timeoutMs / 1000)}s`,
      on_failure: 'pause' as const,
    };
    return [{ step, action, input, later: {}, services: planned.services }];
  });
  const ctx = { mode: of.mode, regions: of.regions, impactBeganAt, purpose: 'plan' as const, owner: id };
  const planned = await planSteps(deps, ctx, evaluated);
  const steps = sayChanges(await keepFenced(deps, { account: of.account, undoes: runId, steps: planned }, planned));
  const path = criticalPath(steps.map((step) => ({ id: step.id, needs: step.needs, ms: step.estimateMs })));
  return {
    ...of,
    id,
    purpose: 'undo',
    undoes: runId,
    left: undone.left,
    title: nameAsUndo(of.title),
    phrase: 'UNDO',
    steps,
    acceptances: [],
    criticalPathMs: path.ms,
    criticalPath: path.path,
    // It recovers nothing: no objective is met by it.
    rtoLeftMs: null,
    pointOfNoReturn: null,
    madeAt: deps.clock.now().toISOString(),
    requestedBy: by.name,
  };
}
