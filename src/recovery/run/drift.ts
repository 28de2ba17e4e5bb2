import { stringify } from 'safe-stable-stringify';
import { consentOfStep } from '../../domain/consent.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import type { AttemptResult } from '../../domain/run.ts';
import { checkKey, standingOf } from '../../domain/verdict.ts';
import { followsOwn } from '../plan/follows.ts';
import type { Attempt } from './work.ts';

/** `sentBefore`: an earlier attempt may have changed the state already, so only what it must become is compared. */
type Ground = Pick<Attempt, 'approved' | 'byGuard'> & { sentBefore: boolean };

type Stop = Pick<AttemptResult, 'status' | 'note'>;

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
    return { status, note: `${check.title}: expected ${check.expected}, found ${check.found}` };
  }
  return null;
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
    note: `${field} is no longer what was approved: approved ${stringify(then[field])}, now ${stringify(here[field])}`,
  };
}
