import { countedFor } from './counted.ts';
import type { Plan } from './plan.ts';

/** What a plan would lose beyond its objective, in milliseconds; null where that is not known to be so. */
export function lossBeyond(plan: Pick<Plan, 'steps' | 'objectives' | 'owed'>): {
  lossMs: number;
  rpoMs: number;
} | null {
  const { rpoMs } = countedFor(plan);
  const lossMs = Math.max(0, ...plan.steps.map(({ dataAtRisk }) => dataAtRisk?.seconds ?? 0)) * 1000;
  return rpoMs !== null && lossMs > rpoMs ? { lossMs, rpoMs } : null;
}

/** Whether it leads people elsewhere: then there is a way back by failing back. */
export function movesPeople({ steps }: Pick<Plan, 'steps'>): boolean {
  return steps.some(({ traffic }) => traffic !== 'none');
}
