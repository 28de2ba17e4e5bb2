import { instructionsOf } from '../domain/checkpoint.ts';
import type { Plan } from '../domain/plan.ts';
import type { StepState } from '../domain/run.ts';
import type { PlanMade } from '../recovery/recovery.ts';
import type { RehearsalTask } from './messages.ts';
import type { Played, Stage } from './play.ts';
import type { RehearsalReport, RehearsedStep } from './report.ts';

type Shown = Pick<Stage, 'world' | 'stoodIn' | 'environment'>;

/** Of a plan that nobody could have asked for. */
export function reportBlocked(stage: Shown, task: RehearsalTask, { plan, problems }: PlanMade): RehearsalReport {
  const none = { ms: null, explain: 'nothing was run' };
  return {
    ...frameOf(stage, task, plan, []),
    outcome: 'blocked',
    exceptions: [],
    rto: { ...none, objectiveMs: plan.objectives.rtoMs },
    rpo: { ...none, objectiveMs: plan.objectives.rpoMs },
    elapsedMs: null,
    steps: plan.steps.map((step) => stepOf(stage, step, undefined)),
    problems: problems.map(({ sentence }) => sentence),
    carried: [],
    pauses: [],
    approvals: { phrase: plan.phrase, needed: plan.approvals, standIns: [] },
  };
}

export function reportRun(
  stage: Shown,
  task: RehearsalTask,
  { made, followed, recovery, standIns }: Played,
): RehearsalReport {
  const { run, steps, plan } = followed.run;
  return {
    ...frameOf(stage, task, plan, followed.answered),
    // A run that has ended says how: one without a word has not been seen to succeed.
    outcome: run.outcome ?? 'failed',
    exceptions: run.exceptions,
    rto: { ms: recovery.rtoMs, objectiveMs: recovery.rtoObjectiveMs, explain: recovery.rtoExplain },
    rpo: { ms: recovery.rpoMs, objectiveMs: recovery.rpoObjectiveMs, explain: recovery.rpoExplain },
    elapsedMs: run.endedAt === null ? null : run.endedAt.getTime() - run.startedAt.getTime(),
    steps: plan.steps.map((step) =>
      stepOf(
        stage,
        step,
        steps.find(({ id }) => id === step.id),
      ),
    ),
    problems: [],
    carried: made.problems.map(({ sentence }) => sentence),
    pauses: followed.pauses,
    approvals: { phrase: plan.phrase, needed: plan.approvals, standIns },
  };
}

type Frame =
  | 'command'
  | 'title'
  | 'mode'
  | 'inputs'
  | 'regions'
  | 'dark'
  | 'troubles'
  | 'criticalPathMs'
  | 'checkpoints';

function frameOf(
  { world, environment }: Shown,
  { dark, troubles, promotes }: RehearsalTask,
  plan: Plan,
  answered: readonly string[],
): Pick<RehearsalReport, Frame | 'cloud' | 'environment'> {
  const { command, title, mode, inputs, regions, criticalPathMs } = plan;
  const audit = world.audit();
  return {
    ...{ command, title, mode, inputs, criticalPathMs, dark },
    regions: { active: regions.active, standby: regions.standby },
    troubles: troubles.map(({ sentence }) => sentence),
    checkpoints: plan.steps
      .filter(({ kind }) => kind === 'human')
      .map((step) => ({
        step: step.id,
        title: step.title,
        instructions: instructionsOf(step),
        answered: answered.includes(step.id),
      })),
    cloud: {
      writersOverlapMs: promotes ? audit.writersOverlapMs : null,
      lost: audit.promotions.map(({ instance, lostSeconds }) => ({ instance, seconds: Math.round(lostSeconds) })),
      traffic: world.view().traffic.map(({ name, region }) => ({ name, region })),
    },
    environment: [...environment],
  };
}

function stepOf({ stoodIn }: Shown, planned: Plan['steps'][number], state: StepState | undefined): RehearsedStep {
  const { id, title, uses, estimateMs } = planned;
  const { startedAt = null, endedAt = null } = state ?? {};
  const tookMs = startedAt === null || endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt);
  return {
    ...{ id, title, uses, tookMs },
    status: state?.status ?? 'not-run',
    estimateMs: planned.noChange ? 0 : estimateMs,
    note: state?.note ?? null,
    // Another step with the same check may have been answered while this one never began.
    standIn: stoodIn.has(id) && startedAt !== null,
  };
}
