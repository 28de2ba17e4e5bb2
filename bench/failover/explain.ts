import type { StepState } from '../../src/domain/run.ts';
import type { Measured } from './measure.ts';

/** Where one step's time went, in milliseconds of the world's clock. */
export interface Spent {
  step: string;
  /** Until its effect was sent: planned again, captured, written down. */
  before: number;
  /** The world's own time. */
  world: number;
  /** From the world being so to Muster's next look. */
  polls: number;
  /** From that look to its end: a second reading where one is wanted, verified, written down, handed on. */
  after: number;
}

/** The commands of each step of the shipped failover: what it sends, and what it looks at. */
const asks: Record<string, { sends?: string; looks: string; region?: string }> = {
  replica: { looks: 'DescribeDBInstances' },
  scale: { sends: 'UpdateService', looks: 'DescribeServices', region: 'us-west-2' },
  fence: { sends: 'UpdateService', looks: 'DescribeTasks', region: 'us-east-1' },
  promote: { sends: 'PromoteReadReplica', looks: 'DescribeDBInstances' },
  writable: { looks: 'query' },
  healthy: { looks: 'DescribeTargetHealth' },
  traffic: { sends: 'PutObject', looks: 'addresses' },
  serving: { looks: 'get' },
};

/** The chain of steps that ended last, first to last: each was started by the end of the one before it. */
export function longestChain({ run }: Measured): StepState[] {
  const endOf = (step: StepState): number => Date.parse(step.endedAt ?? '');
  const latest = (steps: StepState[]): StepState | undefined => steps.toSorted((a, b) => endOf(b) - endOf(a))[0];
  const chain: StepState[] = [];
  for (let step = latest(run.steps); step; ) {
    const { id } = step;
    chain.unshift(step);
    const needs = run.plan.steps.find((planned) => planned.id === id)?.needs ?? [];
    step = latest(run.steps.filter((other) => needs.includes(other.id)));
  }
  return chain;
}

export function explainStep({ watched, run }: Measured, step: StepState): Spent {
  const start = Date.parse(step.startedAt ?? '');
  const end = Date.parse(step.endedAt ?? '');
  const { sends, looks, region } = asks[step.id] ?? { looks: '' };
  const firstAfter = (command: string, at: number): number | undefined =>
    watched.calls.find(
      (call) => call.at >= at && call.command === command && (region === undefined || call.region === region),
    )?.at;
  const effect = sends === undefined ? start : (firstAfter(sends, start) ?? start);
  const ready = Math.min(end, Math.max(effect, watched.ready[step.id] ?? run.run.startedAt.getTime()));
  const seen = Math.min(end, firstAfter(looks, ready) ?? ready);
  return { step: step.id, before: effect - start, world: ready - effect, polls: seen - ready, after: end - seen };
}
