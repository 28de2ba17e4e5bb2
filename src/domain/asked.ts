import type { Amendment, Plan } from './plan.ts';

type Named = Pick<Plan, 'purpose' | 'command'>;
type Changed = Pick<Amendment, 'kind' | 'step'> | null;

/** A plan within a sentence: `failover`, or `undoing failover`, which must never be taken for one another. */
export function nameOfPlan({ purpose, command }: Named): string {
  return purpose === 'undo' ? `undoing ${command}` : command;
}

/** What consent is asked for, within a sentence: `undoing failover`, `skipping scale in failover 3F9A21`. */
export function sayAsked(plan: Named, amendment: Changed, code?: string): string {
  const name = [nameOfPlan(plan), ...(code === undefined ? [] : [code])].join(' ');
  switch (amendment?.kind) {
    case undefined:
      return name;
    case 'skip':
      return `skipping ${amendment.step} in ${name}`;
    case 'defer-fence':
      return `deferring ${amendment.step}, a fence, in ${name}`;
    case 'accept-drift':
      return `going on with ${amendment.step} in ${name} as it is now`;
  }
}

/** What is typed to ask once more for what was asked for. */
export function sayAgain(plan: Named & Pick<Plan, 'mode'>, amendment: Changed): string {
  if (amendment?.kind === 'accept-drift') return `/dr retry ${amendment.step}`;
  if (amendment) return `/dr skip ${amendment.step} REASON`;
  if (plan.purpose === 'undo') return '/dr undo';
  return `/dr ${plan.command}${plan.mode === 'ungraceful' ? ' mode=ungraceful' : ''}`;
}
