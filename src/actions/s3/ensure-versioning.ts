import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { bucketName, controlRegion, nameBucket, readBucket, readVersioning, type Versioning } from './bucket.ts';

const Input = z.strictObject({
  region,
  bucket: bucketName,
  status: z.enum(['Enabled', 'Suspended']).default('Enabled').describe('Suspended keeps the versions that there are.'),
});

const there: Question = { id: 'bucket', title: 'bucket answers', expected: 'there, in this Region', carry: 'never' };
const known: Question = { id: 'versioning', title: 'versioning is known', expected: 'an answer', carry: 'never' };

export const ensureVersioning = defineEffect({
  name: 's3.ensure-versioning',
  version: 1,
  summary: 'Have a bucket keep the versions of its objects',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: z.strictObject({ bucket: z.string().describe('Its name.'), status: z.string().describe('As it is now.') }),
  captured: z.strictObject({ at: instant, status: z.enum(['Enabled', 'Suspended', 'never']) }),
  receipt: z.strictObject({ at: instant }),
  binds: ['bucket', 'keeps_versions'],
  checks: ['the bucket is there, in this Region', 'its versioning can be read'],
  iam: { read: ['s3:ListBucket', 's3:GetBucketVersioning'], effect: ['s3:PutBucketVersioning'] },
  plane: { kind: 'control', region: controlRegion },
  undo: {
    possible: true,
    how: 'Suspends versioning again, as it cannot be as if it had never been on; versions made meanwhile stay.',
  },
  defaultTimeout: '5m',
  async plan(input, ctx) {
    const [bucket, versioning] = await Promise.all([readBucket(input, ctx), readVersioning(input, ctx)]);
    return {
      target: { region: input.region, resource: `s3:${input.bucket}` },
      before: { bucket: input.bucket, keeps_versions: versioning.ok ? versioning.value === 'Enabled' : null },
      after: { bucket: input.bucket, keeps_versions: input.status === 'Enabled' },
      noChange: versioning.ok && bucket.ok && bucket.value && isSo(versioning.value, input.status),
      checks: [
        judgeReading(there, bucket, (value) => ({ pass: value, found: value ? 'it answered' : 'there is none' })),
        judgeReading(known, versioning, (value) => ({ pass: true, found: sayVersioning(value) })),
      ],
      estimateMs: usual.instant,
    };
  },
  async capture(input, ctx) {
    return { at: ctx.clock.now().toISOString(), status: need(await readVersioning(input, ctx)) };
  },
  async apply(input, { captured }, ctx) {
    const command = new PutBucketVersioningCommand({
      Bucket: input.bucket,
      VersioningConfiguration: { Status: input.status },
    });
    await effect(`Versioning of the ${nameBucket(input)}`, () => ctx.aws.s3(input.region).send(command));
    return { at: captured.at };
  },
  async lookup(input, { captured }, ctx) {
    const versioning = await readVersioning(input, ctx);
    if (!versioning.ok) return unknowable(versioning);
    return versioning.value === input.status ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const [bucket, versioning] = await Promise.all([readBucket(input, ctx), readVersioning(input, ctx)]);
    if (!bucket.ok) return notSeen(bucket, pace.service);
    if (!versioning.ok) return notSeen(versioning, pace.service);
    const status = versioning.value;
    if (isSo(status, input.status)) return { state: 'done', output: { bucket: input.bucket, status } };
    return { state: 'working', progress: sayVersioning(status), againInMs: pace.service };
  },
  restore(input, captured) {
    const status = captured.status === 'Enabled' ? ('Enabled' as const) : ('Suspended' as const);
    return isSo(captured.status, input.status) ? null : { ...input, status };
  },
});

/** What was never versioned needs no suspending. */
function isSo(now: Versioning, wanted: 'Enabled' | 'Suspended'): boolean {
  return wanted === 'Enabled' ? now === 'Enabled' : now !== 'Enabled';
}

function sayVersioning(status: Versioning): string {
  return status === 'never' ? 'never enabled' : status;
}
