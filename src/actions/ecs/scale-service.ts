import { judgeReading, type Question } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { need } from '../kit/reading.ts';
import { describeRange, isHeld } from './autoscaling.ts';
import { ScaleCaptured, ScaleInput, ScaleOutput, ScaleReceipt, wantedRange } from './scale-input.ts';
import { observeScale } from './scale-observe.ts';
import { planScale } from './scale-plan.ts';
import { readAutoscaling, readService, setAutoscaling, setDesiredCount } from './service.ts';

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
    'the service answers; where it is to be stopped, an ungraceful run may carry its silence',
    'the service is active',
    'autoscaling of the service is known',
    'the Fargate quota has room, where tasks are added',
  ],
  iam: {
    read: [
      'ecs:DescribeServices',
      'ecs:DescribeTaskDefinition',
      'application-autoscaling:DescribeScalableTargets',
      'servicequotas:GetServiceQuota',
      'servicequotas:GetAWSDefaultServiceQuota',
    ],
    effect: ['ecs:UpdateService', 'application-autoscaling:RegisterScalableTarget'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: true, how: 'Sets the count and the autoscaling range that were there before.' },
  defaultTimeout: '15m',
  plan: planScale,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const [service, range] = await Promise.all([readService(input, ctx), readAutoscaling(input, ctx)]);
    return { at, count: need(service).desiredCount, autoscaling: need(range) };
  },
  async apply(input, { captured }, ctx) {
    const at = ctx.clock.now().toISOString();
    const range = wantedRange(input, captured.autoscaling);
    if (range !== null) await setAutoscaling(input, range, ctx);
    const service = await setDesiredCount(input, input.count, ctx);
    return { at, deployment: service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id ?? null };
  },
  async lookup(input, { captured }, ctx) {
    const [service, range] = await Promise.all([readService(input, ctx), readAutoscaling(input, ctx)]);
    if (!service.ok) return { happened: 'unknowable', why: service.sentence };
    if (!range.ok) return { happened: 'unknowable', why: range.sentence };
    const wanted = wantedRange(input, captured.autoscaling);
    const held = wanted === null || (range.value !== null && isHeld(range.value, wanted));
    if (!held || service.value.desiredCount !== input.count) return { happened: false };
    return { happened: true, receipt: { at: captured.at, deployment: null } };
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
    const verdict = judgeReading(question, range, (now) => {
      const wanted = wantedRange(input, now);
      return { pass: wanted === null || (now !== null && isHeld(now, wanted)), found: describeRange(now) };
    });
    return [verdict];
  },
  restore: (input, captured) => ({
    region: input.region,
    cluster: input.cluster,
    service: input.service,
    count: captured.count,
    hold_autoscaling: false,
    autoscaling: captured.autoscaling,
  }),
});
