import { type _Object, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { type BucketRef, nameBucket } from './bucket.ts';

export interface Listed {
  key: string;
  etag: string;
  size: number;
  at: Date;
}

export interface Listing {
  objects: Listed[];
  /** There are more than were listed. */
  more: boolean;
}

/** More than these are not listed: a plan answers within seconds. */
export const mostListed = 20_000;

/** The objects under a prefix in the order of their keys, page by page. */
export function listObjects(ref: BucketRef, prefix: string, ctx: KitContext): Promise<Reading<Listing>> {
  return reading(`objects of the ${nameBucket(ref)}`, async () => {
    const s3 = ctx.aws.s3(ref.region);
    const objects: Listed[] = [];
    let token: string | undefined;
    do {
      const page = { Bucket: ref.bucket, Prefix: prefix, ...(token === undefined ? {} : { ContinuationToken: token }) };
      const answer = await s3.send(new ListObjectsV2Command(page));
      stated(answer.IsTruncated, 'whether there are more');
      objects.push(...(answer.Contents ?? []).map(listed));
      token = answer.IsTruncated ? stated(answer.NextContinuationToken, 'where to go on') : undefined;
    } while (token !== undefined && objects.length < mostListed);
    return { objects, more: token !== undefined };
  });
}

function listed({ Key, ETag, Size, LastModified }: _Object): Listed {
  return {
    key: stated(Key, 'a key'),
    etag: stated(ETag, 'an ETag'),
    size: stated(Size, 'a size'),
    at: stated(LastModified, 'a date'),
  };
}

/** `1,204`, or `more than 20,000`. */
export function sayCount({ objects, more }: Listing): string {
  return `${more ? 'more than ' : ''}${objects.length.toLocaleString('en')}`;
}
