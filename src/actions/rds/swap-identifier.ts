import { unknowable } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { need } from '../kit/reading.ts';
import { statusOf } from './instance.ts';
import { asideOf, readPair, resourceIdOf, SwapCaptured, SwapInput, SwapOutput, SwapReceipt } from './swap-input.ts';
import { markRenamed, nameOf, observeSwap, rename, takeName } from './swap-observe.ts';
import { planSwap, readHolders } from './swap-plan.ts';

export const swapIdentifier = defineEffect({
  name: 'rds.swap-identifier',
  version: 1,
  summary: 'Give a database the identifier, and so the endpoint, of another that goes aside',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: SwapInput,
  output: SwapOutput,
  captured: SwapCaptured,
  receipt: SwapReceipt,
  binds: ['instance', 'held_by'],
  checks: [
    'the old instance is available, or aside already',
    'the replacement is available and no replica',
    'the name that the old one goes aside to is free',
    'both have the same security groups; that they differ may be carried with a reason',
  ],
  iam: { read: ['rds:DescribeDBInstances'], effect: ['rds:AddTagsToResource', 'rds:ModifyDBInstance'] },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    how: 'Renames both back. Each rename reboots its instance; what was written to the replacement stays in it.',
  },
  defaultTimeout: '40m',
  plan: planSwap,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const holders = await readHolders(input, ctx);
    const old = need(holders.name) ?? need(holders.aside);
    const replacement = need(holders.replacement);
    if (!old) throw new Error(`There is no DB instance ${input.instance} in ${input.region} to go aside.`);
    if (!replacement) throw new Error(`There is no DB instance ${input.replacement} in ${input.region}.`);
    const ids = { old: resourceIdOf(old), replacement: resourceIdOf(replacement) };
    if (ids.old === ids.replacement)
      throw new Error(`${input.instance} and ${input.replacement} have the same resource id.`);
    return { at, ...ids, aside: asideOf(input, ctx) };
  },
  async apply(input, { captured: { old, replacement, aside } }, ctx) {
    const pair = need(await readPair(input, { old, replacement }, ctx));
    await markRenamed(input.region, pair.old, input.instance, ctx);
    await markRenamed(input.region, pair.replacement, input.replacement, ctx);
    if (nameOf(pair.old) === input.instance) await rename(input.region, input.instance, aside, ctx);
    else await rename(input.region, nameOf(pair.replacement), input.instance, ctx);
    return { old, replacement, aside };
  },
  async lookup(input, { captured: { old, replacement, aside } }, ctx) {
    const pair = await readPair(input, { old, replacement }, ctx);
    if (!pair.ok) return unknowable(pair);
    const given = nameOf(pair.value.old) !== input.instance || statusOf(pair.value.old) === 'renaming';
    return given ? { happened: true, receipt: { old, replacement, aside } } : { happened: false };
  },
  unchanged: (input, ctx) => ({ old: null, replacement: null, aside: asideOf(input, ctx) }),
  observe: observeSwap,
  advance: takeName,
  restore: ({ region, instance, replacement }, { aside }) => ({
    region,
    instance,
    replacement: aside,
    aside: replacement,
  }),
});
