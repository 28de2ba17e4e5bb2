import type { DataAtRisk } from '../../domain/action.ts';
import type { PlannedStep } from '../../domain/plan.ts';
import { sayUtc, wholeSecondsBetween } from '../../domain/say-instant.ts';
import type { Fence } from '../../store/fences.ts';
import { leadsThere } from './fenced.ts';

type Standing = Pick<Fence, 'region' | 'resource' | 'uses' | 'after' | 'binds' | 'at' | 'unbroken'>;

/**
 * What is fenced already has taken no write since: of what a step goes back behind, that much less is lost. A fence counts
 * only while nothing is known that may have let writers in again: in doubt the larger loss is said.
 */
export function boundLoss(steps: readonly PlannedStep[], standing: readonly Standing[]): PlannedStep[] {
  const fencedAt = whenFenced(steps, standing);
  if (fencedAt === null) return [...steps];
  return steps.map((step) =>
    step.dataAtRisk === null ? step : { ...step, dataAtRisk: until(fencedAt, step.dataAtRisk) },
  );
}

/** When the last of a plan's fences held; null where one is still to be made, or nobody knows since when it has held. */
function whenFenced(steps: readonly PlannedStep[], standing: readonly Standing[]): Date | null {
  const fences = steps.filter(({ fence }) => fence);
  const unbroken = standing.filter((one) => one.unbroken);
  const times = fences.map((step) => (step.noChange ? unbroken.find((one) => isSame(one, step))?.at : undefined));
  const known = times.filter((at) => at !== undefined);
  if (known.length === 0 || known.length < times.length) return null;
  return new Date(Math.max(...known.map((at) => at.getTime())));
}

function isSame(fence: Standing, step: PlannedStep): boolean {
  const { region, resource } = fence;
  return step.target?.region === region && step.target.resource === resource && leadsThere(step, fence);
}

function until(fencedAt: Date, risk: DataAtRisk): DataAtRisk {
  if (risk.since === undefined || risk.seconds === null) return risk;
  const seconds = Math.max(0, wholeSecondsBetween(new Date(risk.since), fencedAt) / 1_000);
  if (seconds >= risk.seconds) return risk;
  return {
    ...risk,
    seconds,
    explain: `${risk.explain} It is fenced since ${sayUtc(fencedAt)}, unless somebody lifted that by hand: ${seconds} s until then.`,
  };
}
