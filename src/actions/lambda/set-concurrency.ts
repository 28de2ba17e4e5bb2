import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { count, instant, region } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { readReserved, reserve } from './concurrency.ts';
import { planConcurrency, sayReserved, sourcesCheck } from './concurrency-plan.ts';
import { functionName } from './function.ts';
import { readSources } from './sources.ts';

const reserved = count.nullable();

export const setConcurrency = defineEffect({
  name: 'lambda.set-concurrency',
  version: 1,
  summary: 'Set how much of a function may run at once; 0 stops it',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: z.strictObject({
    region,
    function: functionName,
    reserved: reserved.describe('Executions reserved for it; 0 stops it, null takes the setting away.'),
  }),
  output: z.strictObject({ reserved: reserved.describe('As it is now.') }),
  captured: z.strictObject({ at: instant, reserved: reserved.describe('Before; null where nothing was reserved.') }),
  receipt: z.strictObject({ at: instant }),
  binds: ['function', 'reserved'],
  checks: [
    'the function answers',
    'at least 100 executions stay unreserved, where more is reserved',
    'what waits meanwhile is known, and for how long, where the function is stopped',
  ],
  iam: {
    read: [
      'lambda:GetFunctionConfiguration',
      'lambda:GetFunctionConcurrency',
      'lambda:GetAccountSettings',
      'lambda:ListEventSourceMappings',
      'lambda:GetFunctionEventInvokeConfig',
    ],
    effect: ['lambda:DeleteFunctionConcurrency', 'lambda:PutFunctionConcurrency'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: true, how: 'Sets the number that was there, or takes the setting away if there was none.' },
  defaultTimeout: '5m',
  plan: planConcurrency,
  async capture(input, ctx) {
    return { at: ctx.clock.now().toISOString(), reserved: need(await readReserved(input, ctx)) };
  },
  async apply(input, { captured }, ctx) {
    await reserve(input, input.reserved, ctx);
    return { at: captured.at };
  },
  async lookup(input, { captured }, ctx) {
    const now = await readReserved(input, ctx);
    if (!now.ok) return unknowable(now);
    return now.value === input.reserved ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const now = await readReserved(input, ctx);
    if (!now.ok && now.fault === 'not-found') return { state: 'failed', why: now.sentence, cause: now.fault };
    if (!now.ok) return notSeen(now, pace.service);
    if (now.value === input.reserved) return { state: 'done', output: { reserved: now.value } };
    return { state: 'working', progress: `reserved: ${sayReserved(now.value)}`, againInMs: pace.service };
  },
  async verify(input, _output, ctx) {
    return input.reserved === 0 ? [sourcesCheck(await readSources(input, ctx))] : [];
  },
  restore: (input, captured) =>
    captured.reserved === input.reserved ? null : { ...input, reserved: captured.reserved },
});
