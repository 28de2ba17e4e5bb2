import { inOrder } from '../../../../src/domain/graph.ts';
import type { Plan } from '../../../../src/domain/plan.ts';
import { type StepState, satisfied, troubled } from '../../../../src/domain/run.ts';

/** What is still expected of a step, in milliseconds since 1970; null where nothing is. */
export type Ahead = { from: number; to: number } | null;

/** Whether steps still begin: every one, only those that run whatever happens, or none. */
export type GoesOn = 'all' | 'always' | 'none';

type Planned = Pick<Plan['steps'][number], 'id' | 'needs' | 'always' | 'noChange' | 'estimateMs' | 'onFailure'>;

/** Steps in the order in which they can run; those that run whatever happens come last. */
export function rowsInOrder<Step extends Planned>(steps: readonly Step[]): Step[] {
  const main = inOrder(steps.filter((step) => !step.always));
  return [...main, ...inOrder(steps.filter((step) => step.always))];
}

/**
 * From `now` on, what the plan's estimates expect of each step: a step goes on as long as estimated, and one that has
 * stopped short is expected to begin again at once, where the run waits for that. Nothing is expected of what will not
 * have its turn any more.
 */
export function scheduleOf(
  steps: readonly Planned[],
  states: readonly StepState[],
  { now, goesOn }: { now: number; goesOn: GoesOn },
): Map<string, Ahead> {
  const expected = new Map<string, Ahead>();
  const ends = new Map<string, number>();
  const never = neverRun(steps, states, goesOn);
  let mainEnd = now;
  for (const step of rowsInOrder(steps)) {
    const ready = step.always ? mainEnd : Math.max(now, ...step.needs.map((need) => ends.get(need) ?? now));
    const state = states.find(({ id }) => id === step.id);
    const ahead = never.has(step.id) ? null : aheadOf(step, state, { now, ready });
    expected.set(step.id, ahead);
    const end = ahead?.to ?? now;
    ends.set(step.id, end);
    mainEnd = Math.max(mainEnd, end);
  }
  return expected;
}

/** Steps that will not begin, or not again: the run ends, or what they need has come to nothing. */
function neverRun(steps: readonly Planned[], states: readonly StepState[], goesOn: GoesOn): Set<string> {
  const never = new Set<string>();
  const given = steps.filter((step) => {
    const status = states.find(({ id }) => id === step.id)?.status;
    return status !== undefined && troubled.includes(status) && step.onFailure !== 'pause';
  });
  const stopped = goesOn !== 'all' || given.some(({ onFailure }) => onFailure === 'stop');
  for (const { id } of given) never.add(id);
  for (const step of rowsInOrder(steps)) {
    const status = states.find(({ id }) => id === step.id)?.status;
    if (status === 'running' || (step.always && goesOn !== 'none')) continue;
    if (stopped || step.needs.some((need) => never.has(need))) never.add(step.id);
  }
  return never;
}

function aheadOf(step: Planned, state: StepState | undefined, at: { now: number; ready: number }): Ahead {
  const { status = 'waiting', startedAt = null } = state ?? {};
  const ms = step.noChange ? 0 : step.estimateMs;
  if (satisfied.includes(status) || status === 'not-run') return null;
  if (status === 'running') {
    return { from: at.now, to: Math.max(at.now, Date.parse(startedAt ?? '') + ms) };
  }
  const from = troubled.includes(status) ? at.now : at.ready;
  return { from, to: from + ms };
}
