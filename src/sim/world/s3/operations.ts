import { createHash } from 'node:crypto';
import type {
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput,
  GetBucketLocationCommandInput,
  GetBucketLocationCommandOutput,
  GetObjectCommandInput,
  HeadBucketCommandInput,
  HeadBucketCommandOutput,
  HeadObjectCommandInput,
  HeadObjectCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
  PutObjectCommandInput,
  PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Bucket, StoredObject } from '../state.ts';

const named = (input: { Bucket: string | undefined; Key: string | undefined }): string =>
  `s3:${input.Bucket}/${input.Key}`;

export const s3Operations: Operations = {
  PutObject: effect<PutObjectCommandInput, PutObjectCommandOutput>(named, put),
  DeleteObject: effect<DeleteObjectCommandInput, DeleteObjectCommandOutput>(named, (scene, input) => {
    delete needBucket(scene, input.Bucket).objects[input.Key ?? ''];
    return {};
  }),
  GetObject: reading<GetObjectCommandInput, Record<string, unknown>>((scene, input) => {
    const object = findObject(scene, input) ?? refuse('NoSuchKey', 'The specified key does not exist.', 404);
    return { ...describeObject(object), Body: new Uint8Array(Buffer.from(object.base64, 'base64')) };
  }),
  HeadObject: reading<HeadObjectCommandInput, HeadObjectCommandOutput>((scene, input) =>
    describeObject(findObject(scene, input) ?? refuse('NotFound', 'UnknownError', 404)),
  ),
  HeadBucket: reading<HeadBucketCommandInput, HeadBucketCommandOutput>((scene, input) => ({
    BucketRegion: needBucket(scene, input.Bucket, 'NotFound').region,
  })),
  GetBucketLocation: reading<GetBucketLocationCommandInput, GetBucketLocationCommandOutput>((scene, input) => {
    const { region } = needBucket(scene, input.Bucket);
    return region === 'us-east-1' ? {} : { LocationConstraint: region as 'us-west-2' };
  }),
  ListObjectsV2: reading<ListObjectsV2CommandInput, ListObjectsV2CommandOutput>(list),
};

/** A bucket answers only in its own Region; elsewhere it redirects. */
function needBucket(scene: Scene, name: string | undefined, missing = 'NoSuchBucket'): Bucket {
  const bucket = scene.state.buckets.find((one) => one.name === name);
  if (!bucket) refuse(missing, 'The specified bucket does not exist', 404);
  if (bucket.region !== scene.region) {
    const where = `The bucket ${name} is in ${bucket.region}; this request went to ${scene.region}.`;
    refuse('PermanentRedirect', where, 301);
  }
  return bucket;
}

function findObject(
  scene: Scene,
  input: { Bucket: string | undefined; Key: string | undefined },
): StoredObject | undefined {
  const { objects } = needBucket(scene, input.Bucket);
  const key = input.Key ?? '';
  return Object.hasOwn(objects, key) ? objects[key] : undefined;
}

function put(scene: Scene, input: PutObjectCommandInput) {
  const bucket = needBucket(scene, input.Bucket);
  const key = input.Key ?? '';
  const present = Object.hasOwn(bucket.objects, key);
  if (input.IfNoneMatch === '*' && present) {
    refuse('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  const bytes = input.Body as unknown as Uint8Array;
  const object: StoredObject = {
    base64: Buffer.from(bytes ?? []).toString('base64'),
    contentType: input.ContentType ?? 'application/octet-stream',
    metadata: input.Metadata ?? {},
    at: scene.state.at,
  };
  bucket.objects[key] = object;
  return { ETag: etagOf(object) };
}

function etagOf(object: StoredObject): string {
  return `"${createHash('md5').update(Buffer.from(object.base64, 'base64')).digest('hex')}"`;
}

function describeObject(object: StoredObject) {
  return {
    ETag: etagOf(object),
    ContentLength: Buffer.from(object.base64, 'base64').length,
    ContentType: object.contentType,
    LastModified: new Date(object.at),
    Metadata: object.metadata,
  };
}

function list(scene: Scene, input: ListObjectsV2CommandInput) {
  const bucket = needBucket(scene, input.Bucket);
  const after = input.ContinuationToken ?? input.StartAfter ?? '';
  const keys = Object.keys(bucket.objects)
    .filter((key) => key.startsWith(input.Prefix ?? '') && key > after)
    .sort();
  const page = keys.slice(0, input.MaxKeys ?? 1000);
  const more = page.length < keys.length;
  const contents = page.flatMap((Key) => {
    const object = bucket.objects[Key];
    return object ? [{ Key, ETag: etagOf(object), LastModified: new Date(object.at) }] : [];
  });
  return {
    Name: bucket.name,
    Contents: contents,
    KeyCount: page.length,
    IsTruncated: more,
    ...(more ? { NextContinuationToken: page.at(-1) } : {}),
  };
}
