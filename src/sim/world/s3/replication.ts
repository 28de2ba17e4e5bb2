import type {
  DeleteBucketReplicationCommandInput,
  DeleteBucketReplicationCommandOutput,
  GetBucketReplicationCommandInput,
  GetBucketReplicationCommandOutput,
  PutBucketReplicationCommandInput,
  PutBucketReplicationCommandOutput,
  ReplicationRule,
} from '@aws-sdk/client-s3';
import { isDark, schedule } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Due, State } from '../state.ts';
import { named, needBucket, needControlPlane } from './buckets.ts';
import type { Bucket, StoredObject } from './state.ts';

const againMs = 15_000;

export const replicationOperations: Operations = {
  GetBucketReplication: reading<GetBucketReplicationCommandInput, GetBucketReplicationCommandOutput>((scene, input) => {
    const { replication } = needBucket(scene, input.Bucket);
    if (replication === null) {
      refuse('ReplicationConfigurationNotFoundError', 'The replication configuration was not found', 404);
    }
    return { ReplicationConfiguration: replication };
  }),
  PutBucketReplication: effect<PutBucketReplicationCommandInput, PutBucketReplicationCommandOutput>(named, configure),
  DeleteBucketReplication: effect<DeleteBucketReplicationCommandInput, DeleteBucketReplicationCommandOutput>(
    named,
    (scene, input) => {
      needControlPlane(scene);
      needBucket(scene, input.Bucket).replication = null;
      return {};
    },
  ),
};

function configure(scene: Scene, input: PutBucketReplicationCommandInput) {
  needControlPlane(scene);
  const bucket = needBucket(scene, input.Bucket);
  const wanted = input.ReplicationConfiguration;
  const rules = wanted?.Rules ?? [];
  if (bucket.versioning !== 'Enabled') {
    refuse('InvalidRequest', "Versioning must be 'Enabled' on the bucket to apply a replication configuration");
  }
  if (rules.length === 0) refuse('MalformedXML', 'The XML you provided was not well-formed.');
  checkForm(rules);
  for (const rule of rules) needDestination(scene.state, rule);
  bucket.replication = { Role: wanted?.Role, Rules: rules };
  return {};
}

/** Rules of the old form have a prefix of their own; those of the new one a filter, a priority and a word on markers. */
function checkForm(rules: readonly ReplicationRule[]): void {
  const filtered = rules.filter(({ Filter }) => Filter !== undefined);
  if (filtered.length !== 0 && filtered.length !== rules.length) {
    refuse('InvalidRequest', 'Rules of different versions of the replication configuration cannot be mixed.');
  }
  if (filtered.some(({ DeleteMarkerReplication }) => DeleteMarkerReplication?.Status === undefined)) {
    refuse('InvalidRequest', 'DeleteMarkerReplication must be specified for this version of the configuration schema.');
  }
  const priorities = filtered.map(({ Priority }) => Priority);
  if (priorities.includes(undefined))
    refuse('InvalidRequest', 'Priority must be specified for this version of schema.');
  if (new Set(priorities).size !== priorities.length) refuse('InvalidRequest', 'Found duplicate priorities.');
}

function needDestination(state: State, rule: ReplicationRule): void {
  const bucket = destinationOf(state, rule);
  if (!bucket) refuse('InvalidRequest', 'Destination bucket must exist.');
  if (bucket.versioning !== 'Enabled') refuse('InvalidRequest', 'Destination bucket must have versioning enabled.');
}

function destinationOf(state: State, rule: ReplicationRule): Bucket | undefined {
  const name = rule.Destination?.Bucket?.replace(/^arn:aws:s3:::/, '');
  return state.buckets.find((bucket) => bucket.name === name && !bucket.taken);
}

/** The rule with the highest priority that takes this key. */
function ruleFor(bucket: Bucket, key: string): ReplicationRule | undefined {
  return (bucket.replication?.Rules ?? [])
    .filter((rule) => rule.Status === 'Enabled' && key.startsWith(rule.Filter?.Prefix ?? rule.Prefix ?? ''))
    .sort((one, other) => (other.Priority ?? 0) - (one.Priority ?? 0))[0];
}

/** Begins to replicate what was just written; what was there before the rule, or came by another rule, is left. */
export function startReplicating(state: State, bucket: Bucket, key: string, object: StoredObject): void {
  if (!ruleFor(bucket, key)) return;
  object.replication = 'PENDING';
  schedule(state, state.estate.timings.replicateMs, 's3.next', `${bucket.name}/${key}`, String(object.at));
}

export function replicateNext(state: State, due: Due): void {
  const [name = '', ...rest] = due.subject.split('/');
  const key = rest.join('/');
  const bucket = state.buckets.find((one) => one.name === name);
  const object = bucket && Object.hasOwn(bucket.objects, key) ? bucket.objects[key] : undefined;
  if (!bucket || !object || object.replication !== 'PENDING' || String(object.at) !== due.detail) return;
  const rule = ruleFor(bucket, key);
  const destination = rule && destinationOf(state, rule);
  const dark = isDark(state, bucket.region) || (destination !== undefined && isDark(state, destination.region));
  if (dark || fails(state, bucket, 'replication-stalls')) {
    return schedule(state, againMs, 's3.next', due.subject, due.detail);
  }
  if (destination?.versioning !== 'Enabled' || fails(state, bucket, 'replication-fails')) {
    object.replication = 'FAILED';
    return;
  }
  destination.objects[key] = { ...object, replication: 'REPLICA' };
  object.replication = 'COMPLETED';
}

function fails(state: State, bucket: Bucket, kind: 'replication-fails' | 'replication-stalls'): boolean {
  return state.faults.some(({ fault }) => fault.kind === kind && fault.bucket === bucket.name);
}
