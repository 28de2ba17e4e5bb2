import type { Check } from './action.ts';
import type { Acceptance, Plan, PlannedStep } from './plan.ts';
import { checkKey } from './verdict.ts';

/**
 * What a check could not show before the run, within a sentence that people read who were not there. What was expected
 * and found, word for word, stays in the plan.
 */
export function sayUnseen(plan: Plan, step: PlannedStep, check: Check): string {
  if (isSilentFence(step, check)) {
    const region = step.target?.region ?? plan.regions.active;
    return `nobody could see whether ${region} still takes writes, for it did not answer`;
  }
  if (check.verdict === 'unknown') return `${step.title}: “${check.title}” could not be read`;
  return `${step.title}: “${check.title}” did not pass (found ${withoutStop(check.found)}, expected ${check.expected})`;
}

/** The same of what a person carried by name; by its key where the plan has no such check. */
export function sayAccepted(plan: Plan, { check: key }: Pick<Acceptance, 'check'>): string {
  const [found] = plan.steps.flatMap((step) =>
    step.checks.filter((check) => checkKey(step, check) === key).map((check) => sayUnseen(plan, step, check)),
  );
  return found ?? `${key} could not be read`;
}

/** Each check that did not pass, with who accepted that and why: several that read alike are said once. */
export function sayCarried(plan: Plan): string[] {
  const sentences = plan.steps.flatMap((step) =>
    step.checks
      .filter((check) => check.verdict !== 'pass')
      .map((check) => `${sayUnseen(plan, step, check)}${whoAccepted(plan, checkKey(step, check))}`),
  );
  return [...new Set(sentences)];
}

function whoAccepted(plan: Plan, key: string): string {
  const acceptance = plan.acceptances.find((one) => one.check === key);
  if (acceptance) return `, and ${acceptance.by} accepted that: “${withoutStop(acceptance.reason)}”`;
  return plan.mode === 'ungraceful' ? `, and ${plan.requestedBy} accepted that by going ungraceful` : '';
}

/** Regions that gave no answer at all when what is to be fenced there was read for this plan. */
export function silentRegions(plan: Plan): string[] {
  const silent = plan.steps.filter((step) => step.checks.some((check) => isSilentFence(step, check)));
  return [...new Set(silent.map((step) => step.target?.region ?? plan.regions.active))];
}

/** A fence that only an ungraceful run may go on without is one from which no answer came at all. */
function isSilentFence(step: PlannedStep, check: Check): boolean {
  return step.fence && check.verdict === 'unknown' && check.carry === 'ungraceful';
}

/** A sentence inside another loses its full stop. */
function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
