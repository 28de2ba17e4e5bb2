import type { Carry, Check } from './action.ts';
import type { Plan, PlannedStep, PlanVerdict } from './plan.ts';

export interface Problem {
  /** `step/check`. */
  check: string;
  sentence: string;
  /** What may still carry it: `never` also of what could be carried while unknown, and was seen not to be so. */
  carry: Carry;
}

/** How a check that did not pass stands in a plan. */
export type Standing = 'passed' | 'carried' | 'needs-reason' | 'needs-ungraceful' | 'blocks';

export function standingOf(check: Check, mode: Plan['mode'], reason: string | undefined): Standing {
  if (check.verdict === 'pass') return 'passed';
  if (check.carry === 'ungraceful') return mode === 'ungraceful' ? 'carried' : 'needs-ungraceful';
  if (check.carry === 'with-reason' && check.verdict === 'unknown') return reason ? 'carried' : 'needs-reason';
  return 'blocks';
}

/** Whether a plan may be asked for, and what stands in the way. A plan is never ready while a reading is unknown. */
export function verdictOf(plan: Plan): { verdict: PlanVerdict; problems: Problem[] } {
  const reasons = new Map(plan.acceptances.map((acceptance) => [acceptance.check, acceptance.reason]));
  const open = plan.steps.flatMap((step) =>
    step.checks.map((check) => ({
      step,
      check,
      standing: standingOf(check, plan.mode, reasons.get(checkKey(step, check))),
    })),
  );
  const problems = open
    .filter(({ standing }) => standing !== 'passed' && standing !== 'carried')
    .map(({ step, check, standing }) => ({
      check: checkKey(step, check),
      sentence: problemSentence(step, check, standing),
      carry: standing === 'blocks' ? ('never' as const) : check.carry,
    }));
  if (problems.length === 0) return { verdict: 'ready', problems };
  const onlyReasons = open.every(({ standing }) => standing !== 'blocks' && standing !== 'needs-ungraceful');
  return { verdict: onlyReasons ? 'needs-acceptance' : 'blocked', problems };
}

/** Whether the same command could be asked for after all, by whoever accepts that data is lost. */
export function mayGoUngraceful(
  { purpose, modes }: Pick<Plan, 'purpose' | 'modes'>,
  problems: readonly Pick<Problem, 'carry'>[],
): boolean {
  const has = modes === undefined || modes.includes('ungraceful');
  return purpose === 'run' && has && problems.length > 0 && problems.every(({ carry }) => carry !== 'never');
}

export function checkKey(step: Pick<PlannedStep, 'id'>, check: Pick<Check, 'id'>): string {
  return `${step.id}/${check.id}`;
}

function problemSentence(step: PlannedStep, check: Check, standing: Standing): string {
  const seen = check.found.replace(/\.$/, '');
  const what = check.verdict === 'unknown' ? `unknown. ${seen}` : `expected ${check.expected}, found ${seen}`;
  const found = `${step.id}: ${check.title}: ${what}.`;
  if (standing === 'needs-ungraceful')
    return `${found} Only an ungraceful run may go on: it accepts that data is lost.`;
  if (standing === 'needs-reason') return `${found} It may be carried with a reason.`;
  return `${found} Mend it, then plan again.`;
}
