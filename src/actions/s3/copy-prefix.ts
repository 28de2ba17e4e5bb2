import { Refusal } from '../../domain/errors.ts';
import { notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect, type Observed } from '../kit/define.ts';
import { pace } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { checkSums } from './checksums.ts';
import { CopyCaptured, CopyInput, CopyOutput, CopyReceipt, leftToCopy, readDifference } from './copy-input.ts';
import { planCopy } from './copy-plan.ts';
import { copySome } from './copy-some.ts';

type Out = { objects: number; left_differing: number };

/** How many are copied between two looks: a look answers within seconds, and tells how far it is. */
const atOnce = 100;

export const copyPrefix = defineEffect({
  name: 's3.copy-prefix',
  version: 1,
  summary: 'Copy what is missing or differs from one bucket to another',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: CopyInput,
  output: CopyOutput,
  captured: CopyCaptured,
  receipt: CopyReceipt,
  binds: ['from', 'to', 'prefix', 'replace'],
  checks: [
    'the source answers and holds something under the prefix, at most 20,000 objects of at most 5 GB',
    'the destination answers',
    'the destination keeps versions, where something there is to be replaced',
  ],
  iam: {
    read: ['s3:ListBucket', 's3:GetBucketVersioning'],
    effect: ['s3:PutObject'],
    asCaller: ['s3:GetObject', 's3:GetObjectTagging', 's3:PutObjectTagging'],
  },
  plane: { kind: 'data' },
  undo: {
    possible: true,
    how: 'Nothing is deleted: copies stay, and the earlier version of a replaced object is brought back by hand.',
  },
  defaultTimeout: '2h',
  plan: planCopy,
  async capture(input, ctx) {
    const { missing, differing } = need(await readDifference(input, ctx));
    return { at: ctx.clock.now().toISOString(), missing: missing.length, differing: differing.length };
  },
  async apply(input, { captured }, ctx) {
    await copyNext(input, ctx);
    return { at: captured.at };
  },
  async lookup(input, { captured }, ctx) {
    const now = await readDifference(input, ctx);
    if (!now.ok) return unknowable(now);
    const left = now.value.missing.length + now.value.differing.length;
    const begun = left < captured.missing + captured.differing;
    return begun ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  observe: (input, _receipt, ctx) => observeCopy(input, ctx),
  advance: (input, _receipt, ctx) => copyNext(input, ctx),
  verify: checkSums,
  restore(input, captured) {
    if (!input.replace || captured.differing === 0) return null;
    throw new Refusal(
      `${captured.differing} objects of ${input.bucket} had other contents before they were replaced by those of ${input.from}. ` +
        'Bring their earlier versions back by hand.',
    );
  },
});

/** S3 has no request that copies a prefix: it goes on from what is still missing, whoever began it. */
async function copyNext(input: CopyInput, ctx: KitContext): Promise<void> {
  const difference = need(await readDifference(input, ctx));
  await copySome(input, leftToCopy(input, difference).slice(0, atOnce), ctx);
}

async function observeCopy(input: CopyInput, ctx: KitContext): Promise<Observed<Out>> {
  const now = await readDifference(input, ctx);
  if (!now.ok) return notSeen(now, pace.service);
  const { from, missing, differing } = now.value;
  const left = leftToCopy(input, now.value);
  const all = from.objects.length;
  if (from.more || all === 0) {
    return { state: 'unknown', why: `The source holds ${from.more ? 'more than can be listed' : 'nothing any more'}.` };
  }
  if (left.length === 0) {
    return {
      state: 'done',
      output: { objects: all - differing.length - missing.length, left_differing: differing.length },
    };
  }
  const progress = `${(all - left.length).toLocaleString('en')} of ${all.toLocaleString('en')} objects are there`;
  return { state: 'working', progress, againInMs: pace.service, due: 'more copies' };
}
