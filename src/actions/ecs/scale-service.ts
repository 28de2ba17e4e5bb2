import type { Service } from '@aws-sdk/client-ecs';
import { judgeReading, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { need } from '../kit/reading.ts';
import { type Autoscaling, describeRange, isHeld } from './autoscaling.ts';
import { ScaleCaptured, ScaleInput, ScaleOutput, ScaleReceipt, wantedRange } from './scale-input.ts';
import { observeScale } from './scale-observe.ts';
import { planScale } from './scale-plan.ts';
import { readAutoscaling, readService, setAutoscaling, setDesiredCount } from './service.ts';
import { stopsUnseen, stopUnseen } from './stop-unseen.ts';

export const scaleService = defineEffect({
  name: 'ecs.scale-service',
  version: 1,
  summary: 'Run a number of tasks of a service, and hold it there',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: ScaleInput,
  output: ScaleOutput,
  captured: ScaleCaptured,
  receipt: ScaleReceipt,
  binds: ['standing', 'asked'],
  checks: [
    'the service answers; where it is to be stopped, an ungraceful run may carry that no answer came at all',
    'the service is active',
    'autoscaling of the service is known; a service is stopped without knowing it, where a person gives a reason',
    'the Fargate quota has room, where tasks are added',
  ],
  iam: {
    read: [
      'ecs:DescribeServices',
      'ecs:DescribeTaskDefinition',
      'ecs:ListTasks',
      'ecs:DescribeTasks',
      'application-autoscaling:DescribeScalableTargets',
      'servicequotas:GetServiceQuota',
      'servicequotas:GetAWSDefaultServiceQuota',
    ],
    effect: ['ecs:UpdateService', 'application-autoscaling:RegisterScalableTarget'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    how: 'Sets the count and the autoscaling range that were there before; what could not be read before is left as it is.',
  },
  defaultTimeout: '15m',
  plan: planScale,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const [service, range] = await Promise.all([readService(input, ctx), readAutoscaling(input, ctx)]);
    const count = need(service).desiredCount;
    return { at, count, autoscaling: !range.ok && stopsUnseen(input) ? ('unknown' as const) : need(range) };
  },
  async apply(input, { captured }, ctx) {
    const at = ctx.clock.now().toISOString();
    const service =
      captured.autoscaling === 'unknown'
        ? await stopUnseen(input, ctx)
        : await setBoth(input, wantedRange(input, captured.autoscaling), ctx);
    return { at, deployment: service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id ?? null };
  },
  async lookup(input, { captured }, ctx) {
    const [service, range] = await Promise.all([readService(input, ctx), readAutoscaling(input, ctx)]);
    if (!service.ok) return unknowable(service);
    const receipt = { at: captured.at, deployment: null };
    const counted = service.value.desiredCount === input.count;
    if (captured.autoscaling === 'unknown') return counted ? { happened: true, receipt } : { happened: false };
    if (!range.ok) return unknowable(range);
    const wanted = wantedRange(input, captured.autoscaling);
    const held = wanted === null || (range.value !== null && isHeld(range.value, wanted));
    return held && counted ? { happened: true, receipt } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString(), deployment: null }),
  observe: (input, receipt, ctx) => observeScale(input, new Date(receipt.at), ctx),
  async verify(input, _output, ctx) {
    const question: Question = {
      id: 'held',
      title: 'autoscaling is held',
      expected: 'the range that was set',
      carry: 'with-reason',
    };
    const range = await readAutoscaling(input, ctx);
    const verdict = judgeReading(question, range, (now) => ({
      pass: staysSo(input, now),
      found: describeRange(now),
    }));
    return [verdict];
  },
  restore: (input, captured) => ({
    region: input.region,
    cluster: input.cluster,
    service: input.service,
    count: captured.count,
    hold_autoscaling: false,
    ...(captured.autoscaling === 'unknown' ? {} : { autoscaling: captured.autoscaling }),
  }),
});

/** As wanted; at zero a range is as good as closed while everything that could move the count is suspended. */
function staysSo(input: ScaleInput, now: Autoscaling | null): boolean {
  const wanted = wantedRange(input, now);
  if (wanted === null) return true;
  if (now === null) return false;
  const { in: into, out, scheduled } = now.suspended ?? {};
  return isHeld(now, wanted) || (input.count === 0 && into === true && out === true && scheduled === true);
}

async function setBoth(input: ScaleInput, range: Autoscaling | null, ctx: KitContext): Promise<Service | undefined> {
  if (range !== null) await setAutoscaling(input, range, ctx);
  return setDesiredCount(input, input.count, ctx);
}
