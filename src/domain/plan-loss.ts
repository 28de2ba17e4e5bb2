import type { Plan } from './plan.ts';

/** What a plan would lose beyond its objective, in milliseconds; null where that is not known to be so. */
export function lossBeyond({ steps, objectives }: Pick<Plan, 'steps' | 'objectives'>): {
  lossMs: number;
  rpoMs: number;
} | null {
  const { rpoMs } = objectives;
  const lossMs = Math.max(0, ...steps.map(({ dataAtRisk }) => dataAtRisk?.seconds ?? 0)) * 1000;
  return rpoMs !== null && lossMs > rpoMs ? { lossMs, rpoMs } : null;
}

/** Whether it leads people elsewhere: then there is a way back by failing back. */
export function movesPeople({ steps }: Pick<Plan, 'steps'>): boolean {
  return steps.some(({ traffic }) => traffic !== 'none');
}
