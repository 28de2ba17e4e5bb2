import { createHash } from 'node:crypto';
import type {
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput,
  GetObjectCommandInput,
  HeadObjectCommandInput,
  HeadObjectCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
  PutObjectCommandInput,
  PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import { needBucket } from './buckets.ts';
import { bytesOf, checksumOf, etagOf, sizeOf } from './contents.ts';
import { listObjects } from './list.ts';
import { startReplicating } from './replication.ts';
import type { Bucket, StoredObject } from './state.ts';

interface ObjectRef {
  Bucket: string | undefined;
  Key: string | undefined;
}

export const objectOperations: Operations = {
  PutObject: effect<PutObjectCommandInput, PutObjectCommandOutput>(namedObject, put),
  DeleteObject: effect<DeleteObjectCommandInput, DeleteObjectCommandOutput>(namedObject, (scene, input) => {
    const bucket = needBucket(scene, input.Bucket);
    delete bucket.objects[input.Key ?? ''];
    return bucket.versioning === 'Enabled' ? { DeleteMarker: true } : {};
  }),
  GetObject: reading<GetObjectCommandInput, Record<string, unknown>>((scene, input) => {
    const object = findObject(scene, input) ?? refuse('NoSuchKey', 'The specified key does not exist.', 404);
    return { ...describeObject(object, input.ChecksumMode), Body: bytesOf(object) };
  }),
  HeadObject: reading<HeadObjectCommandInput, HeadObjectCommandOutput>((scene, input) =>
    describeObject(findObject(scene, input) ?? refuse('NotFound', 'UnknownError', 404), input.ChecksumMode),
  ),
  ListObjectsV2: reading<ListObjectsV2CommandInput, ListObjectsV2CommandOutput>((scene, input) =>
    listObjects(needBucket(scene, input.Bucket), input),
  ),
};

export function namedObject(input: ObjectRef): string {
  return `s3:${input.Bucket}/${input.Key}`;
}

export function findObject(scene: Scene, input: ObjectRef): StoredObject | undefined {
  const { objects } = needBucket(scene, input.Bucket);
  const key = input.Key ?? '';
  return Object.hasOwn(objects, key) ? objects[key] : undefined;
}

/** Puts an object into a bucket, and whatever follows from that. */
export function storeObject(state: State, bucket: Bucket, key: string, object: StoredObject): void {
  bucket.objects[key] = object;
  startReplicating(state, bucket, key, object);
}

function put(scene: Scene, input: PutObjectCommandInput) {
  const bucket = needBucket(scene, input.Bucket);
  const key = input.Key ?? '';
  if (input.IfNoneMatch === '*' && Object.hasOwn(bucket.objects, key)) {
    refuse('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  const bytes = Buffer.from((input.Body as unknown as Uint8Array | undefined) ?? []);
  const sha256 = input.ChecksumSHA256;
  if (sha256 !== undefined && sha256 !== createHash('sha256').update(bytes).digest('base64')) {
    refuse('BadDigest', 'The SHA256 you specified did not match the calculated checksum.');
  }
  const object: StoredObject = {
    base64: bytes.toString('base64'),
    contentType: input.ContentType ?? 'application/octet-stream',
    metadata: input.Metadata ?? {},
    at: scene.state.at,
    ...(sha256 === undefined ? {} : { sha256 }),
  };
  storeObject(scene.state, bucket, key, object);
  return { ETag: etagOf(object) };
}

function describeObject(object: StoredObject, checksums: 'ENABLED' | undefined) {
  const sums = object.sha256 ? { ChecksumSHA256: object.sha256 } : { ChecksumCRC64NVME: checksumOf(object) };
  return {
    ETag: etagOf(object),
    ContentLength: sizeOf(object),
    ContentType: object.contentType,
    LastModified: new Date(object.at),
    Metadata: object.metadata,
    ...(object.replication ? { ReplicationStatus: object.replication } : {}),
    ...(checksums === 'ENABLED' ? { ...sums, ChecksumType: 'FULL_OBJECT' as const } : {}),
  };
}
