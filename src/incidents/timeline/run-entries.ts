import { instructionsOf } from '../../domain/checkpoint.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import { nameOfPutBack } from '../../domain/put-back.ts';
import type { Run, RunOutcome, StepStatus } from '../../domain/run.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { readGuard } from '../../store/guards.ts';
import { readPlan } from '../../store/plans.ts';
import { readRun } from '../../store/runs.ts';
import { readSteps } from '../../store/steps.ts';
import { lastOf, type SettledStep, settledUnentered } from '../../store/timeline.ts';
import { type Entering, each, enter } from './enter.ts';
import { because, clipped, sayLasted } from './say.ts';

export async function enterStarted(on: Entering, runId: string): Promise<void> {
  const run = await readRun(on.tx, runId);
  const plan = run && (await readPlan(on.tx, run.planId));
  if (!run || !plan) return;
  const where = run.purpose === 'run' ? `, ${plan.mode}, while ${plan.regions.active} is active` : '';
  const text = `Started ${run.purpose === 'undo' ? 'to undo ' : ''}${run.command} (${run.id})${where}`;
  await enter(on, { kind: 'command', source: `started:${runId}`, who: run.startedBy, at: run.startedAt, text });
}

/** Steps that have come to something, and a run that goes on, or is being aborted. */
export async function enterChanged(on: Entering, runId: string): Promise<void> {
  await enterSteps(on, runId);
  await enterAsked(on, runId);
  const run = await readRun(on.tx, runId);
  if (run?.status === 'running') await enterResumed(on, run);
  if (run?.status === 'aborting') {
    const text = `${nameOf(run)} starts nothing more${because(run.note)}`;
    await enter(on, { kind: 'command', source: `aborting:${runId}`, text });
  }
}

export async function enterPaused(on: Entering, of: { runId: string; why: string }): Promise<void> {
  const run = await readRun(on.tx, of.runId);
  if (!run) return;
  const text = `${nameOf(run)} is held${because(of.why)}`;
  await enter(on, { kind: 'command', source: each(on, `paused:${of.runId}`), text });
}

export async function enterStuck(on: Entering, of: { runId: string; why: string }): Promise<void> {
  const run = await readRun(on.tx, of.runId);
  if (!run) return;
  const text = `${nameOf(run)} cannot go on by itself${because(of.why)}`;
  await enter(on, { kind: 'command', source: each(on, `stuck:${of.runId}`), text });
}

export async function enterTakenUp(on: Entering, of: { runId: string; lastAt: Date }): Promise<void> {
  const run = await readRun(on.tx, of.runId);
  if (!run) return;
  const text = `Muster was interrupted and goes on with ${nameWithin(run)}; the last it had written down was at ${sayUtc(of.lastAt)}`;
  await enter(on, { kind: 'command', source: `taken-up:${of.runId}:${of.lastAt.getTime()}`, text });
}

export async function enterEnded(on: Entering, of: { runId: string; outcome: RunOutcome }): Promise<void> {
  await enterSteps(on, of.runId);
  const run = await readRun(on.tx, of.runId);
  if (!run) return;
  const lasted = sayLasted(run.startedAt, run.endedAt ?? on.now);
  const named = [...(run.note === null ? [] : [run.note]), ...run.exceptions].join('; ');
  const text = `${nameOf(run)} ended as ${of.outcome} after ${lasted}${because(named)}`;
  await enter(on, { kind: 'command', source: `ended:${of.runId}`, text });
}

export async function enterSwitched(
  on: Entering,
  of: { runId: string; services: readonly string[]; region: string },
): Promise<void> {
  const names = of.services.join(', ');
  const text = `People are led to ${of.region} (${names})`;
  await enter(on, { kind: 'region', source: `switched:${of.runId}:${of.region}:${names}`, text });
}

type GuardNews = { guardId: string } & ({ what: 'armed' | 'fenced' } | { what: 'troubled' | 'released'; why: string });

export async function enterGuard(on: Entering, of: GuardNews): Promise<void> {
  const guard = await readGuard(on.tx, of.guardId);
  if (!guard) return;
  const { region, stepId } = guard;
  const text = {
    armed: `${region} could not be fenced (${stepId}): a return guard watches for it to come back`,
    fenced: `${region} is fenced (${stepId}): its return guard has done its work`,
    troubled: `The return guard of ${region} (${stepId}) could not fence it`,
    released: `The return guard of ${region} (${stepId}) was released`,
  }[of.what];
  const why = 'why' in of ? because(of.why) : '';
  const source = of.what === 'troubled' ? each(on, `guard:${of.guardId}:troubled`) : `guard:${of.guardId}:${of.what}`;
  await enter(on, { kind: 'region', source, text: `${text}${why}` });
}

/** A run is told to have gone on once for each time that it was held. */
async function enterResumed(on: Entering, run: Run): Promise<void> {
  const held = `paused:${run.id}:`;
  const last = await lastOf(on.tx, run.incidentId, [held, `resumed:${run.id}:`]);
  if (!last?.startsWith(held)) return;
  await enter(on, {
    kind: 'command',
    source: each(on, `resumed:${run.id}`),
    text: `${nameOf(run)} goes on`,
  });
}

async function enterSteps(on: Entering, runId: string): Promise<void> {
  const settled = await settledUnentered(on.tx, runId);
  if (settled.length === 0) return;
  const run = await readRun(on.tx, runId);
  const plan = run && (await readPlan(on.tx, run.planId));
  if (!run || !plan) return;
  for (const step of settled) {
    await enter(on, {
      kind: 'step',
      source: step.source,
      ...(step.endedAt && step.status !== 'skipped' && { at: step.endedAt }),
      text: sayStep(plan, step),
    });
  }
}

/** What people are asked where a step waits for them: once for each attempt. */
async function enterAsked(on: Entering, runId: string): Promise<void> {
  const waiting = (await readSteps(on.tx, runId)).filter(({ status, asked }) => status === 'running' && asked !== null);
  for (const { id, attempt, asked, startedAt } of waiting) {
    const text = `${id} asks people: ${instructionsOf({ input: asked ?? {} }).replace(/\s*\n/g, '; ')}`;
    const at = startedAt === null || attempt > 1 ? on.now : new Date(startedAt);
    await enter(on, { kind: 'step', source: `asked:${runId}:${id}:${attempt}`, at, text: clipped(text) });
  }
}

const came: Record<StepStatus, string> = {
  done: 'was done',
  unchanged: 'was so already',
  deferred: 'was deferred',
  skipped: 'was skipped',
  failed: 'failed',
  unknown: 'ended unknown',
  drifted: 'was not sent, for its state has drifted',
  waiting: 'waits',
  running: 'runs',
  'not-run': 'did not run',
};

/** Of a step that puts back what one of its title has done: nobody must read that it was done. */
const cameBack: Record<StepStatus, string> = {
  ...came,
  done: 'was put back',
  unchanged: 'was as before already',
  skipped: 'was skipped and not put back',
  failed: 'failed to be put back',
  unknown: 'ended unknown, put back or not,',
  drifted: 'was not put back, for its state has drifted',
  'not-run': 'was not put back',
};

/** `promote (Replica becomes the database) was done in 8m 40s.` */
function sayStep(plan: Plan, step: SettledStep): string {
  const planned: PlannedStep | undefined = plan.steps.find((one) => one.id === step.id);
  const undoes = plan.purpose === 'undo';
  const name = planned && (undoes ? nameOfPutBack(planned.title) : planned.title);
  const title = name && name !== step.id ? ` (${name})` : '';
  const carried = step.startedAt !== null && step.status !== 'skipped' && step.status !== 'unchanged';
  const lasted = carried
    ? ` ${step.status === 'done' ? 'in' : 'after'} ${sayLasted(step.startedAt, step.endedAt)}`
    : '';
  const again = step.attempt > 1 ? `, at attempt ${step.attempt}` : '';
  const why = step.status === 'unchanged' ? '' : because(step.note);
  return `${step.id}${title} ${(undoes ? cameBack : came)[step.status]}${lasted}${again}${why}`;
}

function nameWithin({ purpose, command }: Pick<Run, 'purpose' | 'command'>): string {
  return purpose === 'undo' ? `undoing ${command}` : command;
}

function nameOf({ purpose, command }: Pick<Run, 'purpose' | 'command'>): string {
  return purpose === 'undo' ? `The undoing of ${command}` : command;
}
