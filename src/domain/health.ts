import { ancestorsOf } from './graph.ts';
import type { PlannedStep } from './plan.ts';
import { type StepState, seen, troubled } from './run.ts';

/** A step as planned, with what became of it. */
export interface HealthStep {
  planned: Pick<PlannedStep, 'id' | 'uses' | 'risk' | 'traffic' | 'needs' | 'services'>;
  state: Pick<StepState, 'status' | 'startedAt' | 'endedAt'>;
}

/** That people were seen served once a run had changed what it changes for them; or why nobody saw it. */
export type Health = { seen: true; step: string; at: Date } | { seen: false; why: string };

/** Actions whose success shows that people are served. */
const servedActions: readonly string[] = ['http.check', 'cloudwatch.check-metric'];
/** Healthy targets serve people only where traffic already goes to them. */
const unmovedActions: readonly string[] = [...servedActions, 'elb.check-targets'];

export function hasMoved(steps: readonly HealthStep[]): boolean {
  return movesOf(steps).some((step) => doneAt(step) !== null);
}

/** Whether a use of this action can show that people are served, after a move of traffic or without one. */
export function showsHealth(uses: string, moved = false): boolean {
  return (moved ? servedActions : unmovedActions).includes(uses);
}

/** Checks of health, whatever became of them: of a plan that moves traffic only those that see it where it goes. */
export function healthChecks(steps: readonly HealthStep[]): HealthStep[] {
  const moved = movesOf(steps).length > 0;
  return steps.filter(({ planned }) => showsHealth(planned.uses, moved));
}

/** The last check of health that passed after what it is to see: a move of traffic, or the effects that it waits for. */
export function seeHealth(command: string, steps: readonly HealthStep[]): Health {
  const moves = movesOf(steps);
  const [unmoved] = moves;
  if (unmoved && !hasMoved(steps)) {
    const ended = `${unmoved.planned.id} ended as ${unmoved.state.status}`;
    return { seen: false, why: `no traffic was moved in ${command}: ${ended}, so nobody was seen served` };
  }
  const checks = healthChecks(steps);
  const lost = checks.find(({ state }) => troubled.includes(state.status));
  const passed = lost ? [] : checks.filter((check) => isAfter(check, steps, moves));
  const last = passed.reduce<{ step: string; at: Date } | null>((newest, check) => {
    const at = doneAt(check);
    return at === null || (newest && newest.at > at) ? newest : { step: check.planned.id, at };
  }, null);
  return last
    ? { seen: true, ...last }
    : { seen: false, why: sayMissing(command, checks, changesBehind(steps, moves)) };
}

/** When a step was seen to be as it should be; null for one that was skipped, deferred or not observed. */
export function doneAt({ state }: Pick<HealthStep, 'state'>): Date | null {
  return seen.includes(state.status) && state.endedAt !== null ? new Date(state.endedAt) : null;
}

function movesOf(steps: readonly HealthStep[]): HealthStep[] {
  return steps.filter(({ planned }) => planned.traffic !== 'none');
}

/** What changes something for people: the moves of traffic; in a plan that moves none, every effect. */
function changesBehind(steps: readonly HealthStep[], moves: readonly HealthStep[]): readonly HealthStep[] {
  return moves.length > 0 ? moves : steps.filter(({ planned }) => planned.risk !== 'read');
}

/**
 * A check that its command lets go ahead beside an effect does not depend on that effect. One that comes before all
 * effects, or before one of the same service, has seen nothing of what that brings about.
 */
function isAfter(check: HealthStep, steps: readonly HealthStep[], moves: readonly HealthStep[]): boolean {
  const changes = changesBehind(steps, moves).filter((change) => doneAt(change) !== null);
  const before = allNeedsOf(check, steps);
  const waits = moves.length === 0 && changes.some(({ planned }) => before.has(planned.id));
  return changes.every((change) => {
    if (isEarlier(change, check)) return true;
    return waits && !(isSameService(change, check) && allNeedsOf(change, steps).has(check.planned.id));
  });
}

function isEarlier(change: HealthStep, { state }: HealthStep): boolean {
  const at = doneAt(change);
  return at !== null && state.startedAt !== null && new Date(state.startedAt) >= at;
}

function isSameService(one: HealthStep, other: HealthStep): boolean {
  return one.planned.services.some((service) => other.planned.services.includes(service));
}

/** Everything that a step waits for, however far up. */
export function allNeedsOf<T extends Pick<PlannedStep, 'id' | 'needs'>>(
  step: { planned: T },
  steps: readonly { planned: T }[],
): Set<string> {
  return ancestorsOf(step.planned.id, new Map(steps.map(({ planned }) => [planned.id, planned.needs])));
}

function sayMissing(command: string, checks: readonly HealthStep[], changes: readonly HealthStep[]): string {
  const last = changes.reduce<HealthStep | null>((newest, one) => {
    const [at, before] = [doneAt(one), newest && doneAt(newest)];
    return at !== null && (!before || at >= before) ? one : newest;
  }, null);
  const after = last ? ` after ${last.planned.id}` : '';
  const [check] = checks.filter((one) => doneAt(one) === null);
  if (check) return `health was not observed${after}: ${check.planned.id} ended as ${check.state.status} in ${command}`;
  return `health was not observed${after}: ${command} has no check that passed then`;
}
