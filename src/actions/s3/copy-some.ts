import { CopyObjectCommand } from '@aws-sdk/client-s3';
import PQueue from 'p-queue';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import type { CopyInput } from './copy-input.ts';
import type { Listed } from './listing.ts';

const inFlight = 8;

/** Copies within S3, each only if it is still what was listed. One failure is told when all in flight have ended. */
export async function copySome(input: CopyInput, objects: readonly Listed[], ctx: KitContext): Promise<void> {
  const queue = new PQueue({ concurrency: inFlight });
  const failures: unknown[] = [];
  for (const object of objects) {
    void queue.add(async () => {
      if (failures.length === 0) await copyObject(input, object, ctx).catch((error: unknown) => failures.push(error));
    });
  }
  await queue.onIdle();
  if (failures.length > 0) throw failures[0];
}

async function copyObject({ from, region, bucket }: CopyInput, { key, etag }: Listed, ctx: KitContext): Promise<void> {
  const command = new CopyObjectCommand({
    Bucket: bucket,
    Key: key,
    CopySource: `${from}/${key.split('/').map(encodeURIComponent).join('/')}`,
    CopySourceIfMatch: etag,
  });
  await effect(`The copy of ${key} to ${bucket}`, () => ctx.aws.s3(region).send(command));
}
