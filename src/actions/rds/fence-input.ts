import type { DBInstance } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { instant, label, region } from '../kit/fields.ts';
import { fencedByTag, tagValue } from '../kit/owner.ts';
import { groupsOf } from './restore-settings.ts';

export const FenceInput = z.strictObject({
  region,
  instance: label.describe('DB instance identifier.'),
  security_groups: z
    .array(label)
    .min(1, 'expected at least one security group')
    .max(5, 'expected at most five security groups')
    .describe('Ids of the groups that it has instead: of its own VPC, with no inbound rule.'),
  lift: z.literal(true).optional().describe('Give it groups that let clients in, and cut nothing.'),
});
export type FenceInput = z.output<typeof FenceInput>;

export const FenceOutput = z.strictObject({
  security_groups: z.array(z.string()).describe('Ids of the groups that it has now.'),
});

export const FenceCaptured = z.strictObject({
  at: instant,
  arn: z.string(),
  security_groups: z.array(z.string()).describe('Groups before.'),
});

export const FenceReceipt = z.strictObject({
  arn: z.string().nullable(),
  mark: z
    .string()
    .nullable()
    .describe('What its tag says once its connections were cut; null if it was fenced already.'),
});
export type FenceReceipt = z.output<typeof FenceReceipt>;

/** Which step of a run has cut it off, as `run_3k9x/fence` and when; undefined while nobody has. */
export function fencedBy({ TagList }: DBInstance): string | undefined {
  const by = tagValue(TagList, fencedByTag);
  return by !== undefined && /^run_[^/]+\/./.test(by) ? by : undefined;
}

export function groupIds(instance: DBInstance): string[] {
  return groupsOf(instance).map(({ id }) => id);
}

/** Whether these and no others are in force. */
export function hasGroups(instance: DBInstance, wanted: readonly string[]): boolean {
  const groups = groupsOf(instance);
  const same = sortIds(groups.map(({ id }) => id)).join() === sortIds(wanted).join();
  return same && groups.every(({ active }) => active);
}

export function sortIds(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort((a, b) => a.localeCompare(b));
}
