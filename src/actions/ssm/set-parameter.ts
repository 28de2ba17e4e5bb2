import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { instant } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { readParameter } from './parameter.ts';
import { putValue } from './put-value.ts';
import { SetInput, SetOutput } from './set-input.ts';
import { planSet } from './set-plan.ts';
import { readWanted } from './wanted.ts';

export const setParameter = defineEffect({
  name: 'ssm.set-parameter',
  version: 1,
  summary: 'Set a parameter: to a text, to what a secret holds, or back to an earlier version',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: SetInput,
  output: SetOutput,
  captured: z.strictObject({ at: instant, version: z.int() }),
  receipt: z.strictObject({ at: instant }),
  binds: ['parameter', 'value'],
  checks: [
    'the parameter is there',
    'it can hold this: a text stands in no SecureString, and a secret in nothing else',
    'the version to go back to is there',
  ],
  iam: {
    read: ['ssm:GetParameter'],
    effect: ['secretsmanager:GetSecretValue', 'ssm:DescribeParameters', 'ssm:PutParameter'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    how: "Sets it to what the version before held, which stays in the parameter's own history; programs that have read it already keep what they read.",
  },
  defaultTimeout: '5m',
  plan: planSet,
  async capture(input, ctx) {
    const { version } = need(await readParameter(input, ctx));
    return { at: ctx.clock.now().toISOString(), version };
  },
  async apply(input, _sent, ctx) {
    const at = ctx.clock.now().toISOString();
    const [now, wanted] = await Promise.all([readParameter(input, ctx, { decrypt: true }), readWanted(input, ctx)]);
    if (need(now).value !== need(wanted)) await putValue(input, need(wanted), ctx);
    return { at };
  },
  async lookup(input, { captured }, ctx) {
    const [now, wanted] = await Promise.all([readParameter(input, ctx, { decrypt: true }), readWanted(input, ctx)]);
    if (!now.ok) return unknowable(now);
    if (!wanted.ok) return unknowable(wanted);
    return now.value.value === wanted.value ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const [now, wanted] = await Promise.all([readParameter(input, ctx, { decrypt: true }), readWanted(input, ctx)]);
    if (!now.ok && now.fault === 'not-found') return { state: 'failed', why: now.sentence, cause: now.fault };
    if (!now.ok) return notSeen(now, pace.service);
    if (!wanted.ok) return notSeen(wanted, pace.service);
    const { version, value } = now.value;
    if (value === wanted.value) return { state: 'done', output: { name: input.name, version } };
    return { state: 'working', progress: `version ${version} holds something else`, againInMs: pace.service };
  },
  restore: ({ region, name }, { version }) => ({ region, name, version }),
});
