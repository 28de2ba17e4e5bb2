import type { DBInstance } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { instant, label, region } from '../kit/fields.ts';
import { sourceOf } from './instance.ts';
import { settingFields } from './restore-settings.ts';

export const ReplicaInput = z.strictObject({
  region: region.describe('Region of the new replica.'),
  instance: label.describe('DB instance identifier of the new replica.'),
  source_region: region.describe('Region of the primary.'),
  source: label.describe('DB instance identifier of the primary.'),
  security_groups: z
    .array(label)
    .min(1, 'expected at least one security group')
    .describe("Ids of its security groups, of its own Region: the Region's default group would let no application in."),
  subnet_group: settingFields.subnet_group,
  parameter_group: settingFields.parameter_group,
  class: label.optional().describe("Class of the replica, such as db.r6g.large; the primary's if absent."),
  kms_key: label
    .optional()
    .describe("KMS key of the replica's own Region; needed where the primary is encrypted and in another Region."),
});
export type ReplicaInput = z.output<typeof ReplicaInput>;

export const ReplicaOutput = z.strictObject({
  instance: z.string().describe('DB instance identifier of the replica.'),
  arn: z.string().describe('ARN of the replica.'),
  endpoint: z.string().describe('Where it answers, host:port.'),
  source: z.string().describe('ARN or identifier of what it replicates.'),
});

export const ReplicaCaptured = z.strictObject({ at: instant, source_arn: z.string(), existed: z.boolean() });

/** Whether an instance replicates this primary: within a Region it names it by identifier, otherwise by ARN. */
export function replicates(instance: DBInstance, { region: home, source, source_region }: ReplicaInput): boolean {
  const name = sourceOf(instance);
  if (name === null) return false;
  return home === source_region
    ? name === source || name.endsWith(`:db:${source}`)
    : endsIn(name, source_region, source);
}

function endsIn(arn: string, region: string, source: string): boolean {
  return arn.includes(`:${region}:`) && arn.endsWith(`:db:${source}`);
}
