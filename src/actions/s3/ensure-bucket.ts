import { type BucketLocationConstraint, CreateBucketCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { judge, notKnown, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, region } from '../kit/fields.ts';
import { ownerTags } from '../kit/owner.ts';
import { pace, usual } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { bucketName, controlRegion, nameBucket, readBucket } from './bucket.ts';

const Input = z.strictObject({ region, bucket: bucketName });
const Output = z.strictObject({ bucket: z.string().describe('Its name.'), region: z.string().describe('Its Region.') });

const mine: Question = {
  id: 'name',
  title: 'the name is free, or ours in this Region',
  expected: 'free or ours',
  carry: 'never',
};

export const ensureBucket = defineEffect({
  name: 's3.ensure-bucket',
  version: 1,
  summary: 'Have a bucket in a Region',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: z.strictObject({ at: instant, there: z.boolean() }),
  receipt: z.strictObject({ at: instant }),
  binds: ['bucket'],
  checks: ['the name is free, or a bucket of this account in this Region has it'],
  iam: { read: ['s3:ListBucket'], effect: ['s3:CreateBucket'], asCaller: ['s3:TagResource'] },
  plane: { kind: 'control', region: controlRegion },
  undo: {
    possible: true,
    keeps: true,
    how: 'Nothing to put back: a bucket takes nothing away, so it stays, with its tags.',
  },
  defaultTimeout: '5m',
  async plan(input, ctx) {
    const there = await readBucket(input, ctx);
    const check = there.ok
      ? judge(mine, true, there.value ? 'ours' : 'free')
      : there.fault === 'refused' || there.fault === 'denied'
        ? judge(mine, false, taken(there.sentence))
        : notKnown(mine, there.sentence, there.fault);
    return {
      target: { region: input.region, resource: `s3:${input.bucket}` },
      before: { bucket: input.bucket, there: there.ok ? there.value : null },
      after: { bucket: input.bucket, there: true },
      noChange: there.ok && there.value,
      checks: [check],
      estimateMs: usual.instant,
    };
  },
  async capture(input, ctx) {
    return { at: ctx.clock.now().toISOString(), there: need(await readBucket(input, ctx)) };
  },
  async apply(input, { captured }, ctx) {
    if (!captured.there) await effect(`Creation of the ${nameBucket(input)}`, () => create(input, ctx));
    return { at: captured.at };
  },
  async lookup(input, { captured }, ctx) {
    const there = await readBucket(input, ctx);
    if (!there.ok) return unknowable(there);
    return there.value ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const there = await readBucket(input, ctx);
    if (!there.ok) return notSeen(there, pace.service);
    if (there.value) return { state: 'done', output: { bucket: input.bucket, region: input.region } };
    return { state: 'working', progress: 'it is not to be seen yet', againInMs: pace.service };
  },
  restore: () => null,
});

async function create(input: z.output<typeof Input>, ctx: KitContext): Promise<void> {
  const { region: home, bucket } = input;
  const elsewhere = home === controlRegion ? {} : { LocationConstraint: home as BucketLocationConstraint };
  const configuration = { ...elsewhere, Tags: ownerTags(ctx.owner) };
  await ctx.aws.s3(home).send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: configuration }));
}

function taken(sentence: string): string {
  return `${sentence} Another account may have this name, or it is in another Region: choose another, or let this role look.`;
}
