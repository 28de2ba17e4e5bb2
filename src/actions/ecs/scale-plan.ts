import type { ActionPlan, Check } from '../../domain/action.ts';
import type { JsonObject } from '../../domain/json.ts';
import { judge, judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import { isSilent, type Reading } from '../kit/reading.ts';
import { type Autoscaling, describeRange, isHeld } from './autoscaling.ts';
import { checkQuota } from './quota.ts';
import { enough, type ScaleInput, wantedRange } from './scale-input.ts';
import { type CountedService, readAutoscaling, readService } from './service.ts';

export async function planScale(input: ScaleInput, ctx: KitContext): Promise<ActionPlan> {
  const [service, range] = await Promise.all([readService(input, ctx), readAutoscaling(input, ctx)]);
  const state = service.ok ? { service: service.value, range: range.ok ? range.value : undefined } : undefined;
  const noChange = state?.range !== undefined && isScaled(input, state.service, state.range);
  return {
    target: { region: input.region, resource: `ecs:${input.cluster}/${input.service}` },
    before: state ? stateBefore(input, state.service, state.range) : {},
    after: stateAfter(input, state?.range),
    noChange,
    checks: [
      ...checksOf(input, service, range),
      ...(state && grows(input, state.service) ? [await checkQuota(input, state.service, ctx)] : []),
    ],
    estimateMs: input.count === 0 ? usual.minute : usual.minutes,
  };
}

/** Already as asked: count, range, and tasks that really run. */
export function isScaled(input: ScaleInput, service: CountedService, range: Autoscaling | null): boolean {
  const wanted = wantedRange(input, range);
  const held = wanted === null || (range !== null && isHeld(range, wanted));
  const there =
    input.count === 0
      ? service.runningCount === 0 && service.pendingCount === 0
      : service.runningCount >= enough(input);
  return service.desiredCount === input.count && held && there;
}

function grows({ count }: ScaleInput, service: CountedService): boolean {
  return count > service.desiredCount;
}

/**
 * Autoscaling moves a desired count every minute, so consent is bound to where it stands against what was asked, not
 * to the number.
 */
function stateBefore(input: ScaleInput, service: CountedService, range: Autoscaling | null | undefined): JsonObject {
  const desired = service.desiredCount;
  const standing =
    desired === input.count ? 'as asked' : desired < input.count ? 'fewer than asked' : 'more than asked';
  return {
    desired,
    running: service.runningCount,
    autoscaling: range === undefined ? 'not known' : describeRange(range),
    standing,
  };
}

function stateAfter(input: ScaleInput, range: Autoscaling | null | undefined): JsonObject {
  const wanted = range === undefined ? undefined : (wantedRange(input, range) ?? range);
  return {
    desired: input.count,
    running: input.count,
    autoscaling: wanted === undefined ? 'held if there is any' : describeRange(wanted),
    asked: input.count,
    standing: 'as asked',
  };
}

/** A Region that gives no answer at all cannot be scaled down, which an ungraceful run may accept: its fence is deferred. */
function checksOf(input: ScaleInput, service: Reading<CountedService>, range: Reading<Autoscaling | null>): Check[] {
  const reachable: Question = {
    id: 'reachable',
    title: 'service answers',
    expected: 'an answer',
    carry: input.count === 0 && isSilent(service) ? 'ungraceful' : 'never',
  };
  if (!service.ok) return [judgeReading(reachable, service, () => ({ pass: false, found: '' }))];
  const active: Question = { id: 'active', title: 'service is active', expected: 'ACTIVE', carry: 'never' };
  const scaled: Question = {
    id: 'autoscaling',
    title: 'autoscaling is known',
    expected: 'an answer',
    carry: 'with-reason',
  };
  const status = service.value.status ?? 'no status';
  return [
    judge(reachable, true, 'it answered'),
    judge(active, status === 'ACTIVE', status),
    judgeReading(scaled, range, (value) => ({ pass: true, found: describeRange(value) })),
  ];
}
