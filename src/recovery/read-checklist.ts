import { isChecklist } from '../domain/checklist.ts';
import { asAsked } from '../domain/checkpoint.ts';
import { Refusal } from '../domain/errors.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { ChecklistView } from '../domain/views.ts';
import { readItems } from '../store/checklists.ts';
import { readSteps, type StepRow } from '../store/steps.ts';
import type { RecoveryDeps } from './deps.ts';
import { readPlanOrRefuse, readRunOrRefuse } from './read.ts';

/** Throws `Refusal` where the step is no checklist, or has not begun. */
export async function viewChecklist(
  tx: Tx,
  deps: RecoveryDeps,
  of: { runId: string; step: string },
): Promise<ChecklistView> {
  const run = await readRunOrRefuse(tx, of.runId);
  const plan = await readPlanOrRefuse(tx, run.planId);
  const planned = plan.steps.find(({ id }) => id === of.step);
  if (!planned || !isChecklist(planned)) throw new Refusal(`${of.step} is not a checklist.`, 'step');
  const step = (await readSteps(tx, run.id)).find(({ id }) => id === of.step);
  const { instructions } = asAsked(planned, { asked: step?.asked ?? null }).input;
  return {
    incidentId: run.incidentId,
    runId: run.id,
    command: run.command,
    step: planned.id,
    title: planned.title,
    instructions: typeof instructions === 'string' ? instructions : '',
    over: overOf(step),
    items: await readItems(tx, { runId: run.id, stepId: planned.id }),
    now: deps.clock.now(),
    timezone: deps.home.timezone,
    simulated: deps.simulated,
  };
}

function overOf(step: StepRow | undefined): string | null {
  if (step?.status === 'running') return null;
  return step?.note ? `${step.status}: ${step.note}` : (step?.status ?? 'not run');
}
