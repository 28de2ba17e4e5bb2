import {
  GetBucketReplicationCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  type ReplicationRule,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { mapReading, orAbsent, type Reading, reading, stated } from '../kit/reading.ts';

export interface BucketRef {
  region: string;
  bucket: string;
}

/** Buckets of every Region are made and configured by way of this one. Source: AWS Fault Isolation Boundaries. */
export const controlRegion = 'us-east-1';

export const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected a bucket name such as acme-backups')
  .describe('Bucket name.');

export const prefix = z.string().max(1_000, 'expected at most 1,000 characters').describe('Only keys that begin so.');

export function nameBucket({ bucket, region }: BucketRef): string {
  return `bucket ${bucket} in ${region}`;
}

/** Whether the bucket is there, in that Region. One in another Region or of another account is refused. */
export async function readBucket(ref: BucketRef, ctx: KitContext): Promise<Reading<boolean>> {
  const head = await reading(nameBucket(ref), async () => {
    const { BucketRegion } = await ctx.aws.s3(ref.region).send(new HeadBucketCommand({ Bucket: ref.bucket }));
    const found = stated(BucketRegion, 'its Region');
    if (found !== ref.region) throw new Error(`it is in ${found}`);
    return true;
  });
  return mapReading(orAbsent(head), (there) => there === true);
}

export type Versioning = 'Enabled' | 'Suspended' | 'never';

/** `never` is not `Suspended`: only a bucket that was never versioned has no versions. */
export function readVersioning(ref: BucketRef, ctx: KitContext): Promise<Reading<Versioning>> {
  return reading(`versioning of ${ref.bucket} in ${ref.region}`, async () => {
    const { Status } = await ctx.aws.s3(ref.region).send(new GetBucketVersioningCommand({ Bucket: ref.bucket }));
    return Status ?? 'never';
  });
}

export interface Replication {
  role: string;
  rules: ReplicationRule[];
}

/** What the bucket is told to replicate, or null. This is what is asked for, not what has arrived. */
export async function readReplication(ref: BucketRef, ctx: KitContext): Promise<Reading<Replication | null>> {
  const read = await reading(`replication of ${ref.bucket} in ${ref.region}`, async () => {
    const answer = await ctx.aws.s3(ref.region).send(new GetBucketReplicationCommand({ Bucket: ref.bucket }));
    const { Role, Rules } = stated(answer.ReplicationConfiguration, 'the configuration');
    return { role: stated(Role, 'a role'), rules: stated(Rules, 'the rules') };
  });
  if (read.ok || read.fault !== 'not-found') return read;
  const bucket = await readBucket(ref, ctx);
  if (!bucket.ok) return bucket;
  return bucket.value ? { ok: true, value: null } : read;
}
