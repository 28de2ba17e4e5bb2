import { Refusal } from '../../domain/errors.ts';
import { incidentLabel, isIncident } from '../../domain/incident.ts';
import { initialMachine } from '../../domain/machine.ts';
import type { Plan } from '../../domain/plan.ts';
import { crashAround } from '../../domain/ports/crash.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { Run } from '../../domain/run.ts';
import { appendAudit } from '../../store/audit.ts';
import type { ConsentRow } from '../../store/consents.ts';
import { readIncident } from '../../store/incidents.ts';
import { readPlan } from '../../store/plans.ts';
import { insertRun, readRun, takeLocks } from '../../store/runs.ts';
import { readSteps, saveSteps } from '../../store/steps.ts';
import type { RecoveryDeps } from '../deps.ts';
import { lockKeys } from './lock-keys.ts';
import { refuseOvertaken } from './overtaken.ts';

/** Starts the run of a plan that has been consented to; refused when another run holds what it needs. */
export async function startRun(tx: Tx, deps: RecoveryDeps, plan: Plan, consent: ConsentRow): Promise<void> {
  refuseFromInside(deps, plan);
  await refuseOvertaken(tx, deps, plan);
  const run: Run = {
    id: deps.ids.next('run'),
    incidentId: plan.incidentId,
    planId: plan.id,
    command: plan.command,
    purpose: plan.purpose,
    status: 'running',
    note: null,
    outcome: null,
    exceptions: [],
    startedBy: consent.requestedBy,
    startedAt: deps.clock.now(),
    endedAt: null,
  };
  await insertRun(tx, run);
  await lockOrRefuse(tx, run, plan);
  await saveSteps(tx, run.id, initialMachine(plan).steps);
  await appendAudit(tx, {
    at: run.startedAt,
    who: consent.requestedBy,
    door: 'muster',
    what: 'run.started',
    incidentId: run.incidentId,
    runId: run.id,
    detail: {
      plan: plan.id,
      command: plan.command,
      mode: plan.mode,
      digest: plan.digest,
      code: plan.code,
      consent: consent.id,
    },
  });
  await deps.engine().startIn(tx, 'run', run.id, { runId: run.id });
  await tx.tell({ kind: 'RunStarted', incidentId: run.incidentId, runId: run.id });
  crashAround(tx, deps.crash, 'run.started', plan.command);
}

async function lockOrRefuse(tx: Tx, run: Run, plan: Plan): Promise<void> {
  const held = await takeLocks(tx, run.id, lockKeys(plan, plan.steps), run.startedAt);
  if (!held) return;
  const holder = await readRun(tx, held.runId);
  throw new Refusal(
    `${held.resource} is held by ${holder?.command ?? 'a run'} ${held.runId}, started by ${holder?.startedBy ?? 'somebody'}` +
      ` and not ended: one run at a time. ${await sayWayOut(tx, run, holder)}`,
  );
}

/** What is real goes before a drill or a routine: whoever recovers is told how to end that at once. */
async function sayWayOut(tx: Tx, run: Run, holder: Run | null): Promise<string> {
  const own = await readIncident(tx, run.incidentId);
  const other = holder && (await readIncident(tx, holder.incidentId));
  if (!own || !other || !isIncident(own) || isIncident(other)) return sayWait(holder && (await questionOf(tx, holder)));
  const label = incidentLabel(other);
  const what = other.kind === 'drill' ? 'only a drill' : 'only a routine';
  return `That is ${what}: end it with /dr abort ${label}, anywhere or in #${other.channelName}, and ask again once it has ended.`;
}

function sayWait(question: string | null): string {
  if (question === null) return 'Wait for it, or abort it.';
  return `It waits for people to answer ${question}: answer that and let it end, or abort it.`;
}

/** What the run asks of people now: `decided (Somebody decides to which time to go back)`. */
async function questionOf(tx: Tx, { id, planId }: Run): Promise<string | null> {
  const plan = await readPlan(tx, planId);
  const running = (await readSteps(tx, id)).filter(({ status }) => status === 'running');
  const asked = plan?.steps.find((step) => step.kind === 'human' && running.some((one) => one.id === step.id));
  return asked ? `${asked.id} (${asked.title})` : null;
}

/** Muster must outlive what it leaves. */
function refuseFromInside(deps: RecoveryDeps, plan: Plan): void {
  const leaves = plan.steps.some((step) => step.traffic !== 'none');
  if (!leaves || deps.here !== plan.regions.active || deps.mayLeave === deps.here) return;
  throw new Refusal(
    `Muster runs in ${deps.here}, the Region this run would leave: it could die with it. Run it from ${plan.regions.standby}, ` +
      `or set MUSTER_ALLOW_ACTIVE_REGION=${deps.here} to go on all the same.`,
  );
}
