import type { ReplicationRule } from '@aws-sdk/client-s3';
import stringify from 'safe-stable-stringify';
import { z } from 'zod';
import { region } from '../kit/fields.ts';
import { bucketName, prefix, type Replication } from './bucket.ts';
import { Configuration, hasRule, withRule } from './rules.ts';

export const ReplicationInput = z.strictObject({
  region: region.describe('Region of the bucket that is replicated.'),
  bucket: bucketName.describe('Bucket that is replicated.'),
  destination_region: region.describe('Region of the destination.'),
  destination: bucketName.describe('Bucket that is replicated to.'),
  role: z
    .string()
    .regex(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/, 'expected the ARN of an IAM role')
    .describe('Role that S3 takes on to replicate: it may read the one bucket and write to the other.'),
  prefix: prefix.default(''),
  storage_class: z
    .enum(['STANDARD', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'])
    .optional()
    .describe('Storage class of the replicas; as the object has it if absent.'),
  delete_markers: z.boolean().default(false).describe('Delete there what is deleted here.'),
  within_15m: z.boolean().default(false).describe('Pay for replication time control: 99.99 % within 15 minutes.'),
  configuration: Configuration.nullable()
    .optional()
    .describe('A whole configuration to put back as it was captured; null if there was none.'),
});
export type ReplicationInput = z.output<typeof ReplicationInput>;

export function wantedConfiguration(input: ReplicationInput, now: Replication | null): Replication | null {
  return input.configuration === undefined ? withRule(now, input) : given(input.configuration);
}

export function isAsWanted(input: ReplicationInput, now: Replication | null): boolean {
  if (input.configuration === undefined) return hasRule(now, input);
  return canonical(now) === canonical(given(input.configuration));
}

/** Every field of every rule: what is put back was read from the service, whose answers differ in their order alone. */
function canonical(replication: Replication | null): string {
  const rules = replication?.rules.map((rule) => stringify(rule) ?? '').sort();
  return stringify([replication?.role, rules]) ?? '';
}

/** Every rule by what people look for in it, however the service orders what it answers. */
export function describeRules(replication: Replication | null): string {
  const lines = (replication?.rules ?? []).map(
    ({ Filter, Prefix, Destination, Status, DeleteMarkerReplication, Priority }) =>
      [
        Filter?.Prefix ?? Prefix ?? '',
        Destination?.Bucket,
        Destination?.StorageClass ?? 'as it is',
        Status,
        DeleteMarkerReplication?.Status,
        Priority,
      ].join(' '),
  );
  return replication === null ? 'nothing' : [replication.role, ...lines.sort()].join('; ');
}

function given(configuration: Configuration | null): Replication | null {
  return configuration && { role: configuration.role, rules: configuration.rules as unknown as ReplicationRule[] };
}
