import { Refusal } from '../domain/errors.ts';
import type { StepStatus } from '../domain/run.ts';
import type { RunView } from '../domain/views.ts';
import type { SteerAsk } from '../recovery/recovery.ts';
import { standInCommander } from './people.ts';
import type { Stage } from './play.ts';

/** A run that has ended, and where it would have needed people on the way. */
export interface Followed {
  run: RunView;
  pauses: string[];
  /** Steps that a person would have had to answer. */
  answered: string[];
}

type Following = Pick<Stage, 'news' | 'tell'> & {
  recovery: Pick<Stage['recovery'], 'currentRun' | 'abort' | 'answer'>;
};

/**
 * Watches the run to its end. Checkpoints are answered by a stand-in; where it stops for a person to decide, it is
 * aborted, for a rehearsal decides nothing for them.
 */
export async function followRun(stage: Following, incidentId: number): Promise<Followed> {
  const pauses: string[] = [];
  const answered = new Set<string>();
  const told = new Map<string, StepStatus>();
  let aborted = false;
  for (;;) {
    const run = await stage.recovery.currentRun(incidentId);
    if (run) {
      tellChanges(stage, run, told);
      if (run.run.status === 'ended') return { run, pauses, answered: [...answered] };
      if (run.run.status === 'paused') {
        if (pauses.length === 0) pauses.push(run.run.note ?? 'it paused');
        if (!aborted) aborted = await inTime(() => stage.recovery.abort(abortOf(run), standInCommander));
      }
      await answerCheckpoints(stage, run, answered);
    }
    await stage.news();
  }
}

function abortOf({ run }: RunView): SteerAsk {
  return { runId: run.id, reason: 'nobody decides in a rehearsal' };
}

function tellChanges({ tell }: Following, { run, steps }: RunView, told: Map<string, StepStatus>): void {
  for (const { id, status, note } of steps) {
    if (status === 'waiting' || told.get(id) === status) continue;
    told.set(id, status);
    tell(`${id}: ${status}${note === null ? '' : `, ${note}`}`);
  }
  if (run.status === 'paused') tell(`Paused: ${run.note ?? 'a person would have to decide'}`);
}

async function answerCheckpoints(
  { recovery }: Following,
  { run, plan, steps }: RunView,
  answered: Set<string>,
): Promise<void> {
  const waiting = steps.filter(({ id, status }) => status === 'running' && !answered.has(id));
  for (const { id } of waiting) {
    if (plan.steps.find((step) => step.id === id)?.kind !== 'human') continue;
    const answer = { runId: run.id, step: id, done: true, note: 'a stand-in, in rehearsal' };
    if (await inTime(() => recovery.answer(answer, standInCommander))) answered.add(id);
  }
}

/** False where the run had moved on since it was looked at: the next look shows what to do instead. */
async function inTime(steer: () => Promise<string>): Promise<boolean> {
  try {
    await steer();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
