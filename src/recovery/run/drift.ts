import { stringify } from 'safe-stable-stringify';
import type { Check } from '../../domain/action.ts';
import { consentOfStep } from '../../domain/consent.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import { checkKey, standingOf } from '../../domain/verdict.ts';
import { followsOwn } from '../plan/follows.ts';
import type { Attempt, Outcome } from './work.ts';

/** `sentBefore`: an earlier attempt may have changed the state already, so only what it must become is compared. */
type Ground = Pick<Attempt, 'approved' | 'byGuard'> & { sentBefore: boolean };

type Stop = Omit<Outcome, 'output'>;

/** Why an effect may not be sent although its step was approved; null when it may. */
export function stopBeforeEffect(plan: Plan, at: Ground, now: PlannedStep): Stop | null {
  return checksInTheWay(plan, at, now) ?? driftInTheWay(plan, at, now);
}

function checksInTheWay(plan: Plan, { approved, byGuard }: Ground, now: PlannedStep): Stop | null {
  const reasons = new Map(plan.acceptances.map((acceptance) => [acceptance.check, acceptance.reason]));
  for (const check of now.checks) {
    const standing = standingOf(check, plan.mode, reasons.get(checkKey(now, check)));
    const before = approved.checks.find((at) => at.id === check.id)?.verdict ?? 'pass';
    const carried = !byGuard && standing === 'carried' && before === check.verdict;
    if (standing === 'passed' || carried) continue;
    const status = check.verdict === 'unknown' ? 'unknown' : 'failed';
    return { status, ...sayAmiss(check) };
  }
  return null;
}

/** Of a check that did not pass. */
export function sayAmiss({ title, expected, found, cause }: Check): Pick<Outcome, 'note' | 'expected' | 'cause'> {
  return { note: found, expected: `“${title}” (${expected})`, ...(cause ? { cause } : {}) };
}

function driftInTheWay(plan: Plan, { approved, byGuard, sentBefore }: Ground, now: PlannedStep): Stop | null {
  if (Object.keys(approved.later).length > 0) return null;
  const then = consentOfStep(approved);
  const here = consentOfStep(now);
  const onlyAfter = byGuard || sentBefore || approved.fencing === 'deferred' || now.noChange;
  const standing = followsOwn(plan, approved) ? ['target'] : ['target', 'before'];
  const compared = onlyAfter ? ['after'] : [...standing, 'after'];
  const field = compared.find((name) => stringify(then[name]) !== stringify(here[name]));
  if (field === undefined) return null;
  return {
    status: 'drifted',
    note: `${field} is no longer what was approved: ${stringify(here[field])}`,
    expected: `${field} as approved: ${stringify(then[field])}`,
  };
}
