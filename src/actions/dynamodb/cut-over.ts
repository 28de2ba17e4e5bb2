import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { instant } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { need, stated } from '../kit/reading.ts';
import { nameParameter, parameterName, readParameter } from '../ssm/parameter.ts';
import { putValue } from '../ssm/put-value.ts';
import { CutOverInput, checkServes, planCutOver, pointerOf } from './cut-over-plan.ts';
import { tableName } from './fields.ts';
import { readTable } from './table.ts';

const Output = z.strictObject({
  table: tableName.describe('The table that the parameter names now.'),
  parameter: parameterName,
  version: z.int().describe('Version of the parameter that is current now.'),
});

export const cutOver = defineEffect({
  name: 'dynamodb.cut-over',
  version: 1,
  summary: 'Let a parameter name another table, one that is ready for those who read it there',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: CutOverInput,
  output: Output,
  captured: z.strictObject({ at: instant, table: z.string() }),
  receipt: z.strictObject({ at: instant }),
  binds: ['parameter', 'table'],
  checks: [
    'the parameter is there, and is no secret',
    'the table is active in the same Region, its restore over and its indexes ready',
    'it has the keys and indexes of the table that is named now',
  ],
  iam: {
    read: ['ssm:GetParameter', 'dynamodb:DescribeTable'],
    effect: ['ssm:DescribeParameters', 'ssm:PutParameter'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    how: 'Names the table again that was named before; what was written meanwhile stays in the other. Programs that have read the parameter keep what they read.',
  },
  defaultTimeout: '10m',
  plan: planCutOver,
  async capture(input, ctx) {
    const { value } = need(await readParameter(pointerOf(input), ctx));
    return {
      at: ctx.clock.now().toISOString(),
      table: stated(value, `a value of the ${nameParameter(pointerOf(input))}`),
    };
  },
  async apply(input, _sent, ctx) {
    const { value } = need(await readParameter(pointerOf(input), ctx));
    const at = ctx.clock.now().toISOString();
    if (value !== input.table) await putValue(pointerOf(input), input.table, ctx);
    return { at };
  },
  async lookup(input, { captured }, ctx) {
    const now = await readParameter(pointerOf(input), ctx);
    if (!now.ok) return unknowable(now);
    return now.value.value === input.table ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const [now, table] = await Promise.all([readParameter(pointerOf(input), ctx), readTable(input, ctx)]);
    for (const read of [now, table])
      if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
    if (!now.ok) return notSeen(now, pace.service);
    if (!table.ok) return notSeen(table, pace.service);
    const { value, version } = now.value;
    if (value === input.table) {
      return { state: 'done', output: { table: input.table, parameter: input.parameter, version } };
    }
    return { state: 'working', progress: `it names ${value ?? 'a secret'}`, againInMs: pace.service };
  },
  async verify(input, _output, ctx) {
    return [checkServes(await readTable(input, ctx))];
  },
  restore: ({ region, parameter }, { table }) => ({ region, parameter, table }),
});
