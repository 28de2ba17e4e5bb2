import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { count, instant, region } from '../kit/fields.ts';
import type { Reading } from '../kit/reading.ts';
import { bucketName, prefix } from './bucket.ts';
import { compareListings, type Difference } from './compare.ts';
import { type Listing, listObjects } from './listing.ts';

export const CopyInput = z
  .strictObject({
    from_region: region.describe('Region that is copied from.'),
    from: bucketName.describe('Bucket that is copied from.'),
    region: region.describe('Region that is copied to.'),
    bucket: bucketName.describe('Bucket that is copied to.'),
    prefix: prefix.default(''),
    replace: z.boolean().default(true).describe('Also copy what is there with other contents.'),
  })
  .refine(({ from, bucket }) => from !== bucket, { error: 'expected another bucket than from', path: ['bucket'] });
export type CopyInput = z.output<typeof CopyInput>;

export const CopyOutput = z.strictObject({
  objects: count.describe('Objects that are in both buckets alike.'),
  left_differing: count.describe('Objects that are there with other contents and were left.'),
});

export const CopyCaptured = z.strictObject({
  at: instant,
  missing: count.describe('Objects that were not there.'),
  differing: count.describe('Objects that were there with other contents.'),
});

export const CopyReceipt = z.strictObject({ at: instant });

export interface Compared extends Difference {
  from: Listing;
  to: Listing;
}

interface Listings {
  from: Reading<Listing>;
  to: Reading<Listing>;
}

export async function readListings(input: CopyInput, ctx: KitContext): Promise<Listings> {
  const source = { region: input.from_region, bucket: input.from };
  const [from, to] = await Promise.all([listObjects(source, input.prefix, ctx), listObjects(input, input.prefix, ctx)]);
  return { from, to };
}

export async function readDifference(input: CopyInput, ctx: KitContext): Promise<Reading<Compared>> {
  return differenceOf(await readListings(input, ctx));
}

export function differenceOf({ from, to }: Listings): Reading<Compared> {
  if (!from.ok) return from;
  if (!to.ok) return to;
  return { ok: true, value: { from: from.value, to: to.value, ...compareListings(from.value, to.value) } };
}

/** What is still to be copied, in the order of keys. */
export function leftToCopy({ replace }: CopyInput, { missing, differing }: Difference) {
  return replace ? [...missing, ...differing] : missing;
}
