import { Refusal } from '../domain/errors.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Incidents } from '../incidents/incidents.ts';
import type { PlanMade, Recovery } from '../recovery/recovery.ts';
import type { World } from '../sim/index.ts';
import { type Followed, followRun } from './follow.ts';
import type { FromRehearsal, RehearsalTask } from './messages.ts';
import { standInApprover, standInCommander } from './people.ts';
import { reportBlocked, reportRun } from './report-run.ts';

/** A whole Muster on the simulated cloud, with the rehearsal's own clock. */
export interface Stage {
  recovery: Pick<Recovery, 'plan' | 'request' | 'approve' | 'currentRun' | 'abort' | 'answer'>;
  incidents: Pick<Incidents, 'declare' | 'resolve'>;
  world: World;
  clock: Clock;
  /** Resolves when something may have happened that nobody has looked at. */
  news: () => Promise<void>;
  /** Steps whose check was given what it expects. */
  stoodIn: ReadonlySet<string>;
  environment: readonly string[];
  tell(line: string): void;
}

/** What came of it: a report, or what the rules refuse in earnest as well. */
export type Outcome = Extract<FromRehearsal, { kind: 'reported' | 'refused' }>;

/** From the declaration to what was measured. Throws what the stand-ins themselves failed with, a `Refusal` too. */
export async function playRehearsal(stage: Stage, task: RehearsalTask): Promise<Outcome> {
  await makeTrouble(stage, task);
  const incident = await stage.incidents.declare(
    {
      title: `Rehearsal of ${task.command.name}`,
      severity: Object.keys(task.home.severities)[0] ?? '',
      services: Object.keys(task.home.system.services),
      impactBeganAt: stage.clock.now(),
      requestKey: 'rehearsal',
    },
    standInCommander,
  );
  const asked = await orRefusal(() => ask(stage, task, incident.id));
  if (asked instanceof Refusal) return { kind: 'refused', sentence: asked.message };
  const { made, standIns } = asked;
  if (made.verdict === 'blocked') return { kind: 'reported', report: reportBlocked(stage, task, made) };
  const followed = await followRun(stage, incident.id);
  const { recovery } = await stage.incidents.resolve({ incidentId: incident.id }, standInCommander);
  return { kind: 'reported', report: reportRun(stage, task, { made, followed, recovery, standIns }) };
}

export interface Played {
  made: PlanMade;
  followed: Followed;
  recovery: Awaited<ReturnType<Incidents['resolve']>>['recovery'];
  standIns: string[];
}

async function makeTrouble({ world, clock, tell }: Stage, task: RehearsalTask): Promise<void> {
  for (const { region, bucket, key } of task.objects)
    await world.call({ service: 's3', command: 'PutObject', region, input: { Bucket: bucket, Key: key, Body: '' } });
  for (const { fault } of task.troubles) world.setFault(fault);
  // What watches and measures them agrees before anything is looked at.
  if (task.objects.length + task.troubles.length > 0) await clock.sleep(settledMs);
  const { primary } = task.home.system.regions;
  if (!task.dark) return;
  world.setFault({ kind: 'region-dark', region: primary });
  tell(`${primary} does not answer any more, in rehearsal.`);
}

const settledMs = 5 * 60_000;

/** Up to the start of the run: only what is refused here would be in earnest. */
async function ask(
  stage: Stage,
  { command, inputs, mode }: RehearsalTask,
  incidentId: number,
): Promise<Pick<Played, 'made' | 'standIns'>> {
  const { recovery, tell } = stage;
  const made = await recovery.plan({ incidentId, command: command.name, inputs, mode }, standInCommander);
  tell(`The plan is ${made.verdict} in rehearsal, of ${made.plan.steps.length} steps.`);
  return { made, standIns: made.verdict === 'blocked' ? [] : await consent(stage, incidentId, made) };
}

/** Asks and approves by stand-ins; returns the names of those who approved. */
async function consent({ recovery }: Stage, incidentId: number, { plan, problems }: PlanMade): Promise<string[]> {
  const accept = Object.fromEntries(problems.map(({ check }) => [check, 'carried by a stand-in, in rehearsal']));
  const asked = await recovery.request({ planId: plan.id, phrase: plan.phrase ?? '', accept }, standInCommander);
  const approvers = Array.from({ length: asked.needed }, (_, at) => standInApprover(at + 1));
  for (const approver of approvers) await recovery.approve({ code: asked.code, incidentId }, approver);
  return approvers.map(({ name }) => name);
}

async function orRefusal<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
