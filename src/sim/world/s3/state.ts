import type { ReplicationConfiguration } from '@aws-sdk/client-s3';
import type { BucketSpec, ManySpec, ObjectSpec, RuleSpec } from './estate.ts';

export interface Bucket {
  region: string;
  name: string;
  taken: boolean;
  versioning: 'never' | 'Enabled' | 'Suspended';
  replication: ReplicationConfiguration | null;
  tags: Record<string, string>;
  objects: Record<string, StoredObject>;
}

export interface StoredObject {
  base64: string;
  contentType: string;
  metadata: Record<string, string>;
  at: number;
  /** A size in bytes that stands for contents that are not there. */
  size?: number;
  parts?: number;
  /** As its writer gave it, so it is kept. */
  sha256?: string;
  replication?: 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA';
}

const minute = 60_000;
const longAgo = 20 * 24 * 60 * minute;

/** Buckets at rest: what their rules had to replicate has been. */
export function buildBuckets(specs: readonly BucketSpec[], at: number): Bucket[] {
  const buckets = specs.map((spec) => buildBucket(spec, at));
  for (const spec of specs) {
    for (const rule of spec.replication ?? []) replicateOld(buckets, spec.name, rule, at);
  }
  return buckets;
}

function buildBucket(spec: BucketSpec, at: number): Bucket {
  const single = (spec.objects ?? []).map((object) => buildObject(object, at));
  const many = (spec.many ?? []).flatMap((group) => buildMany(group, at));
  return {
    region: spec.region,
    name: spec.name,
    taken: spec.taken ?? false,
    versioning: spec.versioning ?? 'never',
    replication: spec.replication ? configurationOf(spec.replication) : null,
    tags: {},
    objects: Object.fromEntries([...single, ...many]),
  };
}

function buildObject(spec: ObjectSpec, at: number): [string, StoredObject] {
  const written = at - (spec.minutesOld === undefined ? longAgo : spec.minutesOld * minute);
  const object = storedText(spec.text ?? '', written);
  if (spec.size !== undefined) object.size = spec.size;
  if (spec.parts !== undefined) object.parts = spec.parts;
  return [spec.key, object];
}

function buildMany(spec: ManySpec, at: number): [string, StoredObject][] {
  return Array.from({ length: spec.count }, (_, index) => {
    const written = at - (spec.minutesOld + (spec.count - 1 - index) * spec.everyMinutes) * minute;
    const number = String(index + 1).padStart(6, '0');
    const text = JSON.stringify({ id: `${spec.prefix}${number}`, written: new Date(written).toISOString() });
    return [`${spec.prefix}${number}.json`, storedText(text, written)];
  });
}

function storedText(text: string, at: number): StoredObject {
  return { base64: Buffer.from(text).toString('base64'), contentType: 'application/json', metadata: {}, at };
}

function configurationOf(rules: readonly RuleSpec[]): ReplicationConfiguration {
  return {
    Role: rules[0]?.role,
    Rules: rules.map((rule, index) => ({
      ID: `rule-${index + 1}`,
      Priority: index + 1,
      Status: 'Enabled',
      Filter: { Prefix: rule.prefix },
      DeleteMarkerReplication: { Status: 'Disabled' },
      Destination: { Bucket: `arn:aws:s3:::${rule.to}` },
    })),
  };
}

function replicateOld(buckets: readonly Bucket[], from: string, rule: RuleSpec, at: number): void {
  const source = buckets.find(({ name }) => name === from);
  const destination = buckets.find(({ name }) => name === rule.to);
  if (!source || !destination) return;
  const since = at - (rule.minutesOld === undefined ? longAgo : rule.minutesOld * minute);
  for (const [key, object] of Object.entries(source.objects)) {
    if (!key.startsWith(rule.prefix) || object.at < since) continue;
    object.replication = 'COMPLETED';
    destination.objects[key] = { ...object, replication: 'REPLICA' };
  }
}
