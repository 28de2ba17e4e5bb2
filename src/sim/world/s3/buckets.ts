import type {
  CreateBucketCommandInput,
  CreateBucketCommandOutput,
  GetBucketLocationCommandInput,
  GetBucketLocationCommandOutput,
  GetBucketVersioningCommandInput,
  GetBucketVersioningCommandOutput,
  HeadBucketCommandInput,
  HeadBucketCommandOutput,
  PutBucketVersioningCommandInput,
  PutBucketVersioningCommandOutput,
} from '@aws-sdk/client-s3';
import { isDark } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Bucket } from './state.ts';

const home = 'us-east-1';

export const bucketOperations: Operations = {
  CreateBucket: effect<CreateBucketCommandInput, CreateBucketCommandOutput>(named, create),
  HeadBucket: reading<HeadBucketCommandInput, HeadBucketCommandOutput>((scene, input) => ({
    BucketRegion: needBucket(scene, input.Bucket, 'NotFound').region,
  })),
  GetBucketLocation: reading<GetBucketLocationCommandInput, GetBucketLocationCommandOutput>((scene, input) => {
    const { region } = needBucket(scene, input.Bucket);
    return region === home ? {} : { LocationConstraint: region as 'us-west-2' };
  }),
  GetBucketVersioning: reading<GetBucketVersioningCommandInput, GetBucketVersioningCommandOutput>((scene, input) => {
    const { versioning } = needBucket(scene, input.Bucket);
    return versioning === 'never' ? {} : { Status: versioning };
  }),
  PutBucketVersioning: effect<PutBucketVersioningCommandInput, PutBucketVersioningCommandOutput>(named, setVersioning),
};

export function named(input: { Bucket: string | undefined }): string {
  return `s3:${input.Bucket}`;
}

/** A bucket answers only in its own Region; elsewhere it redirects. What another account has is forbidden. */
export function needBucket(scene: Scene, name: string | undefined, missing = 'NoSuchBucket'): Bucket {
  const bucket = scene.state.buckets.find((one) => one.name === name);
  if (!bucket) refuse(missing, 'The specified bucket does not exist', 404);
  if (bucket.taken) refuse(missing === 'NotFound' ? 'Forbidden' : 'AccessDenied', 'Access Denied', 403);
  if (bucket.region !== scene.region) {
    const where = `The bucket ${name} is in ${bucket.region}; this request went to ${scene.region}.`;
    refuse('PermanentRedirect', where, 301);
  }
  return bucket;
}

/** Buckets of every Region are made and configured by way of one. */
export function needControlPlane(scene: Scene): void {
  if (isDark(scene.state, home)) refuse('ETIMEDOUT', `The control plane of s3 in ${home} did not answer.`, 0);
}

function create(scene: Scene, input: CreateBucketCommandInput) {
  needControlPlane(scene);
  const { state, region } = scene;
  const name = input.Bucket ?? '';
  const where = input.CreateBucketConfiguration?.LocationConstraint;
  if ((region === home) !== (where === undefined) || (where !== undefined && where !== region)) {
    const why = `The ${where ?? 'unspecified'} location constraint is incompatible with ${region}.`;
    refuse('IllegalLocationConstraintException', why, 400);
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) refuse('InvalidBucketName', 'The bucket name is not valid.');
  const there = state.buckets.find((one) => one.name === name);
  if (there?.taken) refuse('BucketAlreadyExists', 'The requested bucket name is not available.', 409);
  if (there && (there.region !== region || region !== home)) {
    refuse('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded.', 409);
  }
  const tags = Object.fromEntries((input.CreateBucketConfiguration?.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  const fresh = { taken: false, versioning: 'never' as const, replication: null, objects: {} };
  if (!there) state.buckets.push({ region, name, ...fresh, tags });
  return { Location: `/${name}` };
}

function setVersioning(scene: Scene, input: PutBucketVersioningCommandInput) {
  needControlPlane(scene);
  const bucket = needBucket(scene, input.Bucket);
  const status = input.VersioningConfiguration?.Status;
  if (status === undefined) refuse('IllegalVersioningConfigurationException', 'A Versioning status is needed.');
  if (status === 'Suspended' && bucket.replication !== null) {
    const why = 'A replication configuration is present on this bucket, so the versioning state cannot be changed.';
    refuse('InvalidBucketState', why, 409);
  }
  bucket.versioning = status;
  return {};
}
