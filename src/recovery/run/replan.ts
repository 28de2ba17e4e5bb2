import { evaluateWith } from '../../commands/evaluate.ts';
import { Duration } from '../../domain/duration.ts';
import { Refusal } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import type { Run, StepState } from '../../domain/run.ts';
import { readIncident } from '../../store/incidents.ts';
import type { RecoveryDeps } from '../deps.ts';
import { keepFenced } from '../plan/fenced.ts';
import { planSteps } from '../plan/make-plan.ts';

/** What a step of a run under way would do now, given what the steps before it have given. */
export async function replanStep(
  deps: RecoveryDeps,
  plan: Plan,
  run: Pick<Run, 'id' | 'incidentId'>,
  stepId: string,
  done: readonly Pick<StepState, 'id' | 'output'>[],
): Promise<PlannedStep> {
  const planned = plan.steps.find((step) => step.id === stepId);
  if (!planned) throw new Refusal(`This run has no step ${stepId}.`);
  const incident = await deps.store.tx((tx) => readIncident(tx, run.incidentId));
  if (!incident) throw new Refusal(`There is no incident INC-${run.incidentId}.`);
  const outputs = Object.fromEntries(done.map((step) => [step.id, step.output ?? undefined]));
  const ctx = {
    mode: plan.mode,
    regions: plan.regions,
    impactBeganAt: incident.impactBeganAt,
    purpose: 'run' as const,
    owner: `${run.id}/${stepId}`,
  };
  const evaluated = { ...evaluate(deps, plan, planned, outputs), services: planned.services };
  const [now] = await keepFenced(deps, plan, await planSteps(deps, ctx, [evaluated]));
  if (!now) throw new Refusal(`${stepId} could not be planned.`);
  const [missing] = Object.values(now.later).flat();
  if (missing) throw new Refusal(`${stepId} reads the output of ${missing}, which gave none: it was skipped.`);
  return now;
}

function evaluate(
  deps: RecoveryDeps,
  plan: Plan,
  planned: PlannedStep,
  outputs: Record<string, JsonObject | undefined>,
): Omit<Parameters<typeof planSteps>[2][number], 'services'> {
  const action = deps.actions.get(planned.uses);
  if (!action || action.version !== planned.version) {
    throw new Refusal(
      `${planned.uses} was approved in version ${planned.version}; this Muster has ${action ? `version ${action.version}` : 'none'}.` +
        ' Run the Muster that it was approved with, or abort and plan again.',
    );
  }
  return {
    action,
    step: stepOf(planned),
    ...(plan.purpose === 'undo'
      ? { input: planned.input, later: {} }
      : evaluateWith(planned.with, plan.scope, outputs)),
  };
}

/** The step as its command wrote it, as far as planning looks at it. */
function stepOf(planned: PlannedStep): Parameters<typeof planSteps>[2][number]['step'] {
  const seconds = (ms: number): Duration => Duration.parse(`${Math.ceil(ms / 1000)}s`);
  return {
    id: planned.id,
    uses: planned.uses,
    title: planned.title,
    with: planned.with,
    needs: planned.needs,
    fence: planned.fence,
    always: planned.always,
    timeout: seconds(planned.timeoutMs),
    retry: { attempts: planned.retry.attempts, backoff: seconds(planned.retry.backoffMs) },
    on_failure: planned.onFailure,
  };
}
