import { HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { Check } from '../../domain/action.ts';
import { judge, notKnown, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { type BucketRef, nameBucket } from './bucket.ts';
import { needsChecksum } from './compare.ts';
import { type CopyInput, readDifference } from './copy-input.ts';

const most = 200;

const question: Question = {
  id: 'checksums',
  title: 'copies have the contents of their sources',
  expected: 'equal checksums',
  carry: 'with-reason',
};

const sums = ['ChecksumCRC64NVME', 'ChecksumSHA256', 'ChecksumCRC32C', 'ChecksumCRC32', 'ChecksumSHA1'] as const;

/** By ETag where it is an MD5, as most are; else by the checksums that S3 keeps of whole objects. */
export async function checkSums(input: CopyInput, _output: object, ctx: KitContext): Promise<Check[]> {
  const compared = await readDifference(input, ctx);
  if (!compared.ok) return [notKnown(question, compared.sentence, compared.fault)];
  const { from, to } = compared.value;
  const there = new Map(to.objects.map((object) => [object.key, object]));
  const pairs = from.objects.flatMap((here) => ({ here, other: there.get(here.key) }));
  const alike = pairs.filter(({ here, other }) => here.etag === other?.etag).length;
  const doubtful = pairs.flatMap(({ here, other }) => (other && needsChecksum(here, other) ? [here.key] : []));
  if (doubtful.length > most) return [notKnown(question, `${doubtful.length} came in parts, and ${most} are compared`)];
  const source = { region: input.from_region, bucket: input.from };
  const verdicts = await Promise.all(doubtful.map((key) => compareSums(key, source, input, ctx)));
  const unequal = doubtful.filter((_, index) => verdicts[index] === 'unequal');
  const unknown = doubtful.filter((_, index) => verdicts[index] === 'unknown');
  if (unequal.length > 0) return [judge(question, false, `${unequal.length} differ, such as ${unequal[0]}`)];
  if (unknown.length === 0) return [judge(question, true, `${alike} by MD5, ${doubtful.length} by checksum`)];
  return [notKnown(question, `${unknown.length} came in parts and have no checksum in common, such as ${unknown[0]}`)];
}

async function compareSums(
  key: string,
  from: BucketRef,
  to: BucketRef,
  ctx: KitContext,
): Promise<'equal' | 'unequal' | 'unknown'> {
  const [here, there] = await Promise.all([readHead(from, key, ctx), readHead(to, key, ctx)]);
  if (!here.ok || !there.ok || !isWhole(here.value) || !isWhole(there.value)) return 'unknown';
  const common = sums.find((sum) => here.value[sum] !== undefined && there.value[sum] !== undefined);
  if (common === undefined) return 'unknown';
  return here.value[common] === there.value[common] ? 'equal' : 'unequal';
}

function readHead(ref: BucketRef, key: string, ctx: KitContext): Promise<Reading<HeadObjectCommandOutput>> {
  return reading(`checksum of ${key} of the ${nameBucket(ref)}`, async () => {
    const command = new HeadObjectCommand({ Bucket: ref.bucket, Key: key, ChecksumMode: 'ENABLED' });
    const head = await ctx.aws.s3(ref.region).send(command);
    stated(head.ETag, 'an ETag');
    return head;
  });
}

/** A checksum of checksums of parts says nothing of a copy that was made in one. */
function isWhole({ ChecksumType: type }: HeadObjectCommandOutput): boolean {
  return type === 'FULL_OBJECT';
}
