import { NobodyListens, Refusal } from '../../domain/errors.ts';
import type { Person } from '../../domain/person.ts';
import { appendAudit } from '../../store/audit.ts';
import { readSteps } from '../../store/steps.ts';
import type { RecoveryDeps } from '../deps.ts';
import { readPlanOrRefuse } from '../read.ts';
import { attemptId } from '../run/run-flow.ts';
import { lockSteerable } from './steer.ts';

/** A person's answer to a manual checkpoint: the first one counts. */
export async function answerCheckpoint(
  deps: RecoveryDeps,
  ask: { runId: string; step: string; done: boolean; note: string },
  by: Person,
): Promise<string> {
  return deps.store.tx(async (tx) => {
    const run = await lockSteerable(tx, ask, by, 'answer');
    const plan = await readPlanOrRefuse(tx, run.planId);
    const planned = plan.steps.find((step) => step.id === ask.step);
    const step = (await readSteps(tx, run.id)).find((at) => at.id === ask.step);
    if (planned?.kind !== 'human' || !step)
      throw new Refusal(`${ask.step} is not a checkpoint that people answer.`, 'step');
    if (step.status !== 'running') throw new Refusal(`${ask.step} is ${step.status}: it is not waiting for an answer.`);
    await appendAudit(tx, {
      at: deps.clock.now(),
      who: by.name,
      door: by.door,
      what: 'checkpoint.answered',
      incidentId: run.incidentId,
      runId: run.id,
      detail: { step: step.id, attempt: step.attempt, done: ask.done, note: ask.note },
    });
    const answer = { done: ask.done, by: by.name, note: ask.note };
    await heard(ask.step, () => deps.engine().sendIn(tx, attemptId(run.id, step.id, step.attempt), answer));
    return `${ask.step}: ${ask.done ? 'done' : 'failed'}, says ${by.name}.`;
  });
}

/** A step is running an instant before its own workflow is there to be told. */
async function heard(step: string, send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (error instanceof NobodyListens)
      throw new Refusal(`${step} is only beginning: nothing was noted, answer it again in a moment.`, 'step');
    throw error;
  }
}
