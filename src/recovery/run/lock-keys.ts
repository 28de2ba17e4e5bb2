import type { Plan, PlannedStep } from '../../domain/plan.ts';

/** What a run of these steps holds for itself: `ACCOUNT/REGION/RESOURCE`. */
export function lockKeys(plan: Pick<Plan, 'account'>, steps: readonly PlannedStep[]): string[] {
  const account = plan.account ?? 'ambient';
  return steps.flatMap(({ target, risk }) =>
    target !== null && risk !== 'read' ? [`${account}/${target.region}/${target.resource}`] : [],
  );
}
