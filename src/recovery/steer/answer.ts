import { isFor } from '../../domain/addressee.ts';
import { isChecklist } from '../../domain/checklist.ts';
import { asAsked, whoOf } from '../../domain/checkpoint.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Person } from '../../domain/person.ts';
import { appendAudit } from '../../store/audit.ts';
import { readItems } from '../../store/checklists.ts';
import { insertStepFact, readSteps } from '../../store/steps.ts';
import type { RecoveryDeps } from '../deps.ts';
import { readPlanOrRefuse, readRunOrRefuse } from '../read.ts';
import { attemptId } from '../run/run-flow.ts';
import { takeAnswers } from './answer-items.ts';
import { lockSteerable } from './steer.ts';
import { untilHeard } from './until-heard.ts';

interface Ask {
  runId: string;
  step: string;
  done: boolean;
  note: string;
}

/** A person's answer to a manual checkpoint: the first one counts. Of a checklist, done ticks all that is open. */
export async function answerCheckpoint(deps: RecoveryDeps, ask: Ask, by: Person): Promise<string> {
  return untilHeard(deps, ask.step, () => takeAnswer(deps, ask, by));
}

function takeAnswer(deps: RecoveryDeps, ask: Ask, by: Person): Promise<string> {
  return deps.store.tx(async (tx) => {
    const plan = await readPlanOrRefuse(tx, (await readRunOrRefuse(tx, ask.runId)).planId);
    const planned = plan.steps.find((step) => step.id === ask.step);
    const asked = (await readSteps(tx, ask.runId)).find(({ id }) => id === ask.step)?.asked ?? null;
    const who = planned && whoOf(asAsked(planned, { asked }));
    const run = await lockSteerable(tx, ask, by, 'answer', (roles) => who != null && isFor(who, by.name, roles));
    const step = (await readSteps(tx, run.id)).find((at) => at.id === ask.step);
    if (planned?.kind !== 'human' || !step)
      throw new Refusal(`${ask.step} is not a checkpoint that people answer.`, 'step');
    if (step.status !== 'running') throw new Refusal(`${ask.step} is ${step.status}: it is not waiting for an answer.`);
    if (isChecklist(planned) && ask.done) {
      const open = (await readItems(tx, { runId: run.id, stepId: step.id })).filter(({ answer }) => answer === null);
      const answers = open.map(({ id }) => ({ item: id, answer: 'done' as const }));
      return takeAnswers(deps, tx, { run, planned, ask: { ...ask, answers, reason: ask.note } }, by);
    }
    const at = deps.clock.now();
    const answer = { done: ask.done, by: by.name, note: ask.note };
    const key = { runId: run.id, stepId: step.id, attempt: step.attempt };
    if (!(await insertStepFact(tx, key, 'observed', answer, at)))
      throw new Refusal(`${step.id} was answered an instant before. Nothing more has been done.`);
    await appendAudit(tx, {
      at,
      who: by.name,
      door: by.door,
      what: 'checkpoint.answered',
      incidentId: run.incidentId,
      runId: run.id,
      detail: { step: step.id, attempt: step.attempt, done: ask.done, note: ask.note, asked: step.asked },
    });
    await deps.engine().sendIn(tx, attemptId(run.id, step.id, step.attempt), answer);
    return `${ask.step}: ${ask.done ? 'done' : 'failed'}, says ${by.name}.`;
  });
}
