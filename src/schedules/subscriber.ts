import { Refusal } from '../domain/errors.ts';
import type { Fact } from '../domain/facts.ts';
import { muster } from '../domain/identity.ts';
import type { Json } from '../domain/json.ts';
import type { Person } from '../domain/person.ts';
import type { Plan } from '../domain/plan.ts';
import { crashAround } from '../domain/ports/crash.ts';
import type { Tx } from '../domain/ports/store.ts';
import { type Run, type RunOutcome, recovered } from '../domain/run.ts';
import { inputsOf, type Occurrence, scheduleNamed, schedulePerson } from '../domain/schedule.ts';
import { endOccurrence, startOccurrence } from '../store/occurrences.ts';
import { readPlan } from '../store/plans.ts';
import { readRun } from '../store/runs.ts';
import type { ScheduleWordsDeps } from './deps.ts';
import { record, tellOwner, touchCard } from './tell.ts';

/** What is due follows the runs, in the transaction in which they start and end. */
export function scheduleSubscriber(deps: ScheduleWordsDeps): (tx: Tx, fact: Fact) => Promise<void> {
  return async (tx, fact) => {
    if (fact.kind === 'RunStarted') {
      const run = await readRun(tx, fact.runId);
      const plan = run && (await readPlan(tx, run.planId));
      if (run?.purpose === 'run' && plan) await followStart(deps, tx, run, plan);
    }
    if (fact.kind === 'RunEnded') await followEnd(deps, tx, fact);
  };
}

/** A run that a schedule starts is of one time of it, or is not started; a person's is of whichever waits for it. */
async function followStart(deps: ScheduleWordsDeps, tx: Tx, run: Run, plan: Plan): Promise<void> {
  const named = scheduleNamed(run.startedBy);
  if (named !== null) {
    const occurrence = await startOccurrence(tx, { schedule: named, state: 'due' }, run);
    if (!occurrence) throw new Refusal(`What was due of ${named} was started, or decided, before.`);
    return recordStart(deps, tx, occurrence, schedulePerson(named));
  }
  for (const schedule of schedulesOf(deps, plan)) {
    const occurrence = await startOccurrence(tx, { schedule, state: 'asked' }, run);
    if (!occurrence) continue;
    touchCard(deps, tx, occurrence);
    return recordStart(deps, tx, occurrence, { ...muster, name: run.startedBy });
  }
}

async function recordStart(deps: ScheduleWordsDeps, tx: Tx, occurrence: Occurrence, by: Person): Promise<void> {
  await record(deps, tx, { what: 'schedule.started', occurrence, by });
  crashAround(tx, deps.crash, 'schedule.started', occurrence.schedule);
}

async function followEnd(
  deps: ScheduleWordsDeps,
  tx: Tx,
  { runId, outcome }: { runId: string; outcome: RunOutcome },
): Promise<void> {
  const occurrence = await endOccurrence(tx, runId, { outcome, at: deps.clock.now() });
  if (!occurrence) return;
  touchCard(deps, tx, occurrence);
  const schedule = deps.home.schedules[occurrence.schedule];
  if (schedule && !recovered.includes(outcome)) await tellOwner(deps, tx, { occurrence, schedule, what: 'failed' });
}

/** Those that run this command with these inputs. */
function schedulesOf({ home }: ScheduleWordsDeps, { command, inputs }: Plan): string[] {
  return Object.entries(home.schedules)
    .filter(([, schedule]) => schedule.command === command)
    .filter(([, schedule]) =>
      Object.entries(inputsOf(schedule)).every(([name, value]) => sayInput(inputs[name]) === value),
    )
    .map(([name]) => name);
}

/** As a person would type it. */
function sayInput(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
