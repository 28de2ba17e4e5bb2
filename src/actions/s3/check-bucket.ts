import { z } from 'zod';
import { Duration, durationMs } from '../../domain/duration.ts';
import { judgeReading, notSeen, type Question } from '../kit/checks.ts';
import { defineRead } from '../kit/define.ts';
import { count, instant, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { bucketName, nameBucket, prefix, readBucket, readVersioning } from './bucket.ts';
import { type Listing, listObjects, sayCount } from './listing.ts';

const Input = z.strictObject({
  region,
  bucket: bucketName,
  prefix: prefix.default(''),
  minimum: count.default(1).describe('Objects that there are at least.'),
  newest_within: Duration.optional().describe('The newest object is no older than this.'),
  versioned: z.boolean().default(false).describe('Whether it must keep versions.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  objects: count.describe('Objects that were listed; at most 20,000 are.'),
  newest_at: instant.nullable().describe('When the newest of them was written.'),
  versioning: z.string().describe('Enabled, Suspended or never.'),
});

export const checkBucket = defineRead({
  name: 's3.check-bucket',
  version: 1,
  summary: 'See that a bucket answers and holds what it should',
  input: Input,
  output: Output,
  binds: ['bucket'],
  checks: ['the bucket is there, in its Region'],
  iam: { read: ['s3:ListBucket', 's3:GetBucketVersioning'], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '10m',
  async plan(input, ctx) {
    const there: Question = {
      id: 'bucket',
      title: 'bucket answers',
      expected: 'there, in this Region',
      carry: 'never',
    };
    const bucket = await readBucket(input, ctx);
    return {
      target: null,
      before: { bucket: input.bucket },
      after: { bucket: input.bucket, objects: `at least ${input.minimum}` },
      noChange: false,
      checks: [
        judgeReading(there, bucket, (value) => ({ pass: value, found: value ? 'it answered' : 'there is none' })),
      ],
      estimateMs: usual.instant,
    };
  },
  async observe(input, ctx) {
    const bucket = await readBucket(input, ctx);
    if (!bucket.ok) return notSeen(bucket, pace.service);
    if (!bucket.value) return { state: 'failed', why: `There is no ${nameBucket(input)}.` };
    const [listing, versioning] = await Promise.all([
      listObjects(input, input.prefix, ctx),
      readVersioning(input, ctx),
    ]);
    if (!listing.ok) return notSeen(listing, pace.service);
    if (!versioning.ok) return notSeen(versioning, pace.service);
    const newest = newestOf(listing.value);
    const why = amiss(input, { listing: listing.value, newest, versioning: versioning.value }, ctx.clock.now());
    if (why !== null) return { state: 'failed', why: `${nameBucket(input)}${why}.` };
    const output = { objects: listing.value.objects.length, newest_at: newest?.toISOString() ?? null };
    return { state: 'done', output: { ...output, versioning: versioning.value } };
  },
});

function newestOf({ objects }: Listing): Date | null {
  return objects.reduce<Date | null>((newest, { at }) => (newest === null || at > newest ? at : newest), null);
}

function amiss(
  { minimum, newest_within: within, versioned, prefix: from }: In,
  found: { listing: Listing; newest: Date | null; versioning: string },
  now: Date,
): string | null {
  const { listing, newest, versioning } = found;
  const where = from === '' ? '' : ` under ${from}`;
  if (listing.objects.length < minimum) return ` holds ${sayCount(listing)} objects${where}, expected ${minimum}`;
  if (versioned && versioning !== 'Enabled') return ` keeps no versions: use s3.ensure-versioning`;
  if (within === undefined) return null;
  const old = newest === null || now.getTime() - newest.getTime() > durationMs(within);
  return old ? ` has nothing newer than ${newest?.toISOString() ?? 'never'}${where}, expected within ${within}` : null;
}
