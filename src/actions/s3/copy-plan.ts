import type { ActionPlan, Check } from '../../domain/action.ts';
import { judge, judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Reading } from '../kit/reading.ts';
import { readVersioning, type Versioning } from './bucket.ts';
import { type Compared, type CopyInput, differenceOf, leftToCopy, readListings } from './copy-input.ts';
import { type Listing, sayCount } from './listing.ts';

const largest = 5 * 1024 ** 3;
const msEach = 60;
const leastMs = 2_000;

const carry = 'never' as const;
const source: Question = { id: 'source', title: 'source holds something', expected: 'at most 20,000 objects', carry };
const there: Question = { id: 'destination', title: 'destination answers', expected: 'an answer', carry };
const sizes: Question = { id: 'sizes', title: 'objects can be copied in one go', expected: 'at most 5 GB each', carry };
const kept: Question = { id: 'versions', title: 'what is replaced is kept', expected: 'a bucket with versions', carry };

export async function planCopy(input: CopyInput, ctx: KitContext): Promise<ActionPlan> {
  const [listings, versioning] = await Promise.all([readListings(input, ctx), readVersioning(input, ctx)]);
  const { from, to } = listings;
  const compared = differenceOf(listings);
  const names = { from: input.from, to: input.bucket, prefix: input.prefix, replace: input.replace };
  const left = compared.ok ? leftToCopy(input, compared.value) : null;
  return {
    target: { region: input.region, resource: `s3:${input.bucket}` },
    before: { ...names, ...stateBefore(compared) },
    after: { ...names, missing: 0, ...(input.replace ? { differing: 0 } : {}) },
    noChange: left?.length === 0 && from.ok && from.value.objects.length > 0 && !from.value.more,
    checks: [
      judgeReading(source, from, judgeSource),
      judgeReading(there, to, (listing) => ({ pass: !listing.more, found: `${sayCount(listing)} objects` })),
      ...(compared.ok ? [sizeCheck(left ?? [])] : []),
      ...(input.replace && compared.ok ? [keptCheck(compared.value, versioning)] : []),
    ],
    estimateMs: leastMs + msEach * (left?.length ?? 0),
  };
}

function stateBefore(compared: Reading<Compared>) {
  return compared.ok
    ? { missing: compared.value.missing.length, differing: compared.value.differing.length }
    : { missing: null, differing: null };
}

/** Nothing to copy is no success: a source that is empty is the wrong one, or is lost as well. */
function judgeSource(listing: Listing): { pass: boolean; found: string } {
  return { pass: listing.objects.length > 0 && !listing.more, found: `${sayCount(listing)} objects` };
}

function sizeCheck(left: Compared['missing']): Check {
  const large = left.filter(({ size }) => size > largest);
  const found = `${large.length} larger, such as ${large[0]?.key}: replicate these by S3 Batch Replication`;
  return judge(sizes, large.length === 0, large.length === 0 ? 'all' : found);
}

function keptCheck({ differing }: Compared, versioning: Reading<Versioning>): Check {
  if (differing.length === 0) return judge(kept, true, 'nothing is replaced');
  return judgeReading(kept, versioning, (value) => ({
    pass: value === 'Enabled',
    found: `${differing.length} are replaced, versioning ${value === 'never' ? 'was never enabled' : `is ${value}`}`,
  }));
}
