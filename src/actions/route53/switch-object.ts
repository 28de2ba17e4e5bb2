import { DeleteObjectCommand, HeadBucketCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { mapReading, orAbsent, type Reading, reading, stated } from '../kit/reading.ts';

export interface SwitchRef {
  region: string;
  bucket: string;
  key: string;
}

const tokenField = 'muster-token';

export function nameSwitch({ region, bucket, key }: SwitchRef): string {
  return `switch s3://${bucket}/${key} in ${region}`;
}

export function readBucket({ region, bucket }: SwitchRef, ctx: KitContext): Promise<Reading<boolean>> {
  return reading(`bucket ${bucket} in ${region}`, async () => {
    await ctx.aws.s3(region).send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  });
}

/** Whether the object is there, and under whose token. Without s3:ListBucket, S3 hides an absent object behind a 403. */
export async function readSwitch(
  ref: SwitchRef,
  ctx: KitContext,
): Promise<Reading<{ present: boolean; token?: string | undefined }>> {
  const head = await reading(nameSwitch(ref), async () => {
    const object = await ctx.aws.s3(ref.region).send(new HeadObjectCommand({ Bucket: ref.bucket, Key: ref.key }));
    stated(object.ETag, 'an ETag');
    return object;
  });
  return mapReading(orAbsent(head), (object) => ({
    present: object !== undefined,
    token: object?.Metadata?.[tokenField],
  }));
}

export async function setSwitch(ref: SwitchRef, present: boolean, token: string, ctx: KitContext): Promise<void> {
  const place = { Bucket: ref.bucket, Key: ref.key };
  const s3 = ctx.aws.s3(ref.region);
  if (!present) {
    await effect(`Removing the ${nameSwitch(ref)}`, () => s3.send(new DeleteObjectCommand(place)));
    return;
  }
  const object = {
    ...place,
    Body: `Put here by ${ctx.owner}.\n`,
    ContentType: 'text/plain',
    Metadata: { [tokenField]: token, 'muster-owner': ctx.owner },
  };
  await effect(`Writing the ${nameSwitch(ref)}`, () => s3.send(new PutObjectCommand(object)));
}
