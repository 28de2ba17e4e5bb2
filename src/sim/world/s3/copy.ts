import type { CopyObjectCommandInput, CopyObjectCommandOutput } from '@aws-sdk/client-s3';
import { isDark } from '../model.ts';
import { effect, type Operations, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { needBucket } from './buckets.ts';
import { checksumOf, etagOf, sizeOf } from './contents.ts';
import { findObject, namedObject, storeObject } from './objects.ts';
import type { StoredObject } from './state.ts';

const largest = 5 * 1024 ** 3;

export const copyOperations: Operations = {
  CopyObject: effect<CopyObjectCommandInput, CopyObjectCommandOutput>(namedObject, copy),
};

/** Carried out where the copy is to be; the source may be in another Region. */
function copy(scene: Scene, input: CopyObjectCommandInput) {
  const { state } = scene;
  const bucket = needBucket(scene, input.Bucket);
  const [from = '', ...rest] = (input.CopySource ?? '').replace(/^\//, '').split('/');
  const source = state.buckets.find((one) => one.name === from);
  if (!source) refuse('NoSuchBucket', 'The specified bucket does not exist', 404);
  if (isDark(state, source.region)) refuse('ETIMEDOUT', `The copy source in ${source.region} did not answer.`, 0);
  const ref = { Bucket: from, Key: decodeURIComponent(rest.join('/')) };
  const found = findObject({ state, region: source.region }, ref);
  const object = found ?? refuse('NoSuchKey', 'The specified key does not exist.', 404);
  if (input.CopySourceIfMatch !== undefined && input.CopySourceIfMatch !== etagOf(object)) {
    refuse('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  if (sizeOf(object) > largest) {
    refuse('InvalidRequest', `The specified copy source is larger than the maximum allowable size: ${largest}`);
  }
  const { replication: _came, parts: _parts, ...kept } = object;
  const stored: StoredObject = { ...kept, at: state.at };
  storeObject(state, bucket, input.Key ?? '', stored);
  const result = { ETag: etagOf(stored), LastModified: new Date(state.at), ChecksumCRC64NVME: checksumOf(stored) };
  return { CopyObjectResult: { ...result, ChecksumType: 'FULL_OBJECT' as const } };
}
