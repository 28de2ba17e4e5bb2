import type { Action, ActionPlan, Check, StepContext } from '../../domain/action.ts';
import type { Step } from '../../domain/command.ts';
import { durationMs } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { PlannedStep } from '../../domain/plan.ts';

/** A step of a command with its inputs evaluated as far as they are known. */
export interface EvaluatedStep {
  step: Step & { needs: string[] };
  action: Action;
  input: JsonObject;
  later: Record<string, string[]>;
  services: string[];
}

/** What this step would do now. A reading that fails or takes too long is an unknown check, never an error. */
export async function planStep(evaluated: EvaluatedStep, ctx: StepContext): Promise<PlannedStep> {
  if (Object.keys(evaluated.later).length > 0) return describe(evaluated, plannedLater(evaluated));
  return describe(evaluated, await readPlan(evaluated, ctx), ctx);
}

async function readPlan({ action, input }: EvaluatedStep, ctx: StepContext): Promise<ActionPlan> {
  try {
    return await untilAborted(action.plan(input, ctx), ctx.signal);
  } catch (error) {
    return unreadable(action, error);
  }
}

function plannedLater({ action }: EvaluatedStep): ActionPlan {
  return {
    target: null,
    before: {},
    after: {},
    noChange: false,
    checks: [],
    estimateMs: durationMs(action.defaultTimeout) / 2,
  };
}

function unreadable(action: Action, error: unknown): ActionPlan {
  const check: Check = {
    id: 'readable',
    title: 'present state',
    verdict: 'unknown',
    expected: 'an answer',
    found: error instanceof Error ? error.message : String(error),
    carry: 'never',
  };
  return {
    target: null,
    before: {},
    after: {},
    noChange: false,
    checks: [check],
    estimateMs: durationMs(action.defaultTimeout) / 2,
  };
}

function describe(
  { step, action, input, later, services }: EvaluatedStep,
  plan: ActionPlan,
  ctx?: StepContext,
): PlannedStep {
  return {
    id: step.id,
    title: step.title ?? action.summary,
    uses: action.name,
    version: action.version,
    kind: action.kind,
    risk: action.risk,
    traffic: action.traffic,
    services,
    fence: step.fence,
    always: step.always,
    needs: step.needs,
    onFailure: step.on_failure,
    timeoutMs: durationMs(step.timeout),
    retry: { attempts: step.retry?.attempts ?? 1, backoffMs: durationMs(step.retry?.backoff ?? '10s') },
    with: step.with,
    input,
    later,
    target: plan.target,
    before: plan.before,
    after: plan.after,
    binds: [...action.binds],
    noChange: plan.noChange,
    checks: plan.checks,
    fencing: step.fence ? fencingOf(plan, ctx) : null,
    estimateMs: step.expect ? durationMs(step.expect) : plan.estimateMs,
    undo: action.undo.how,
    undoable: action.undo.possible,
    ...(action.undo.keeps && { keeps: true }),
    controlPlane: action.plane.kind === 'control' ? action.plane.region : null,
    dataAtRisk: plan.dataAtRisk ?? null,
    ...(plan.foreseen && action.kind === 'read' && { foreseen: plan.foreseen }),
  };
}

/** A fence is deferred, in an ungraceful run only, when the Region to be fenced does not answer. */
function fencingOf(plan: ActionPlan, ctx?: StepContext): 'fenced' | 'deferred' {
  const silent = plan.checks.some((check) => check.verdict === 'unknown' && check.carry === 'ungraceful');
  return silent && ctx?.mode === 'ungraceful' ? 'deferred' : 'fenced';
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('no answer in time'));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop))
      .catch(() => {});
  });
}
