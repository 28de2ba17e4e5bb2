import { z } from 'zod';
import { unknowable } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { instant, region } from '../kit/fields.ts';
import { need } from '../kit/reading.ts';
import { observeRemoval, planRemoval, sendRemoval } from './removal.ts';
import { readStack, type StackPlace, stackOf } from './stack.ts';
import { stackName, suffix } from './stack-input.ts';

const Input = z.strictObject({
  region,
  stack: stackName,
  suffix: suffix.optional().describe('What cloudformation.deploy-stack put after the name, of a stack beside.'),
});
const Output = z.strictObject({ status: z.string().describe('DELETE_COMPLETE.') });
const Captured = z.strictObject({ at: instant, stack_id: z.string().nullable() });
const Receipt = Captured;

export const deleteStack = defineEffect({
  name: 'cloudformation.delete-stack',
  version: 1,
  summary: 'Delete a stack that this run has made',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: Captured,
  receipt: Receipt,
  binds: ['stack'],
  checks: ['the stack carries the tag of this run', 'it is at rest, and not protected from termination'],
  iam: {
    read: ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackEvents'],
    effect: ['cloudformation:DeleteStack'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: true, keeps: true, how: 'Only what the run itself has made is gone, so nothing is put back.' },
  defaultTimeout: '1h',
  async plan(input, ctx) {
    const plan = await planRemoval(placeOf(input, ctx), ctx.owner, ctx);
    if (input.suffix === undefined) return plan;
    // The name of what a run makes is known only in the run, and people consent before it.
    const said = `${input.stack}-${input.suffix}`;
    return {
      ...plan,
      target: { region: input.region, resource: `cloudformation:${said}` },
      before: { ...plan.before, stack: said },
      after: { ...plan.after, stack: said },
      noChange: plan.noChange && ctx.owner.startsWith('run_'),
    };
  },
  async capture(input, ctx) {
    const stack = need(await readStack(placeOf(input, ctx), ctx));
    return { at: ctx.clock.now().toISOString(), stack_id: stack?.StackId ?? null };
  },
  async apply(input, { token, captured }, ctx) {
    await sendRemoval(placeOf(input, ctx), ctx.owner, token, ctx);
    return captured;
  },
  async lookup(input, { captured }, ctx) {
    const place = placeOf(input, ctx);
    const read = await readStack({ ...place, stack: captured.stack_id ?? place.stack }, ctx);
    if (!read.ok) return unknowable(read);
    const isGoing = read.value === undefined || String(read.value.StackStatus).startsWith('DELETE_');
    return isGoing ? { happened: true, receipt: captured } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString(), stack_id: null }),
  observe: (input, receipt, ctx) => observeRemoval(placeOf(input, ctx), receipt.stack_id, ctx),
  restore: () => null,
});

function placeOf(input: z.output<typeof Input>, { owner }: { owner: string }): StackPlace {
  return { region: input.region, stack: stackOf(input, owner) };
}
