import { HeadObjectCommand } from '@aws-sdk/client-s3';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import type { BucketRef } from './bucket.ts';
import type { Listed } from './listing.ts';

/** What S3 says of one object: `none` is an object that no rule ever took. */
export type ReplicaState = 'COMPLETED' | 'PENDING' | 'FAILED' | 'REPLICA' | 'none';

/** Half of a sample are the newest objects, which are the likeliest to be late; the rest is spread over all keys. */
export function pickSample(objects: readonly Listed[], size: number): Listed[] {
  if (objects.length <= size) return [...objects];
  const newest = [...objects].sort((one, other) => other.at.getTime() - one.at.getTime()).slice(0, Math.ceil(size / 2));
  const rest = objects.filter((object) => !newest.includes(object));
  const spread = size - newest.length;
  const step = rest.length / Math.max(1, spread);
  const spaced = Array.from({ length: spread }, (_, index) => rest[Math.floor(index * step)]);
  return [...newest, ...spaced.flatMap((object) => object ?? [])];
}

export async function readReplicaStates(
  ref: BucketRef,
  sample: readonly Listed[],
  ctx: KitContext,
): Promise<Reading<ReplicaState[]>> {
  return reading(`replication status of ${sample.length} objects of ${ref.bucket} in ${ref.region}`, () =>
    Promise.all(sample.map(({ key }) => readState(ref, key, ctx))),
  );
}

async function readState({ region, bucket }: BucketRef, key: string, ctx: KitContext): Promise<ReplicaState> {
  const head = await ctx.aws.s3(region).send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  stated(head.ETag, 'an ETag');
  return head.ReplicationStatus === 'COMPLETE' ? 'COMPLETED' : (head.ReplicationStatus ?? 'none');
}
