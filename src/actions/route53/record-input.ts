import { z } from 'zod';
import { hostName, instant, label, region } from '../kit/fields.ts';

const Alias = z.strictObject({
  dns_name: hostName.describe("The load balancer's or distribution's DNS name."),
  zone_id: label.describe('Hosted zone id of that name, not of the record: each Region has its own.'),
  evaluate_target_health: z.boolean().describe('Whether Route 53 asks if the target is healthy.'),
});

const oneForm = 'expected exactly one of alias, values (with ttl) and absent';

export const RecordInput = z
  .strictObject({
    zone_id: label.describe('Hosted zone of the record.'),
    name: hostName.describe('Name of the record.'),
    type: z.enum(['A', 'AAAA', 'CNAME']).describe('Type of the record.'),
    set_identifier: label
      .optional()
      .describe('Which record of a routed set; it must exist, and keeps its routing policy.'),
    alias: Alias.optional().describe('What the record stands for, instead of values.'),
    values: z
      .array(label)
      .min(1, 'expected at least one value')
      .optional()
      .describe('Addresses, or one name for a CNAME.'),
    ttl: z.int().min(0).max(172_800).optional().describe('Seconds that resolvers may keep the values.'),
    absent: z.literal(true).optional().describe('Remove the record instead.'),
    to: region.optional().describe('Region that is active once the name leads there.'),
  })
  .refine(
    (input) => [input.alias, input.values, input.absent].filter((form) => form !== undefined).length === 1,
    oneForm,
  )
  .refine(
    (input) => (input.values === undefined) === (input.ttl === undefined),
    'expected ttl beside values, and only there',
  )
  .refine((input) => input.type !== 'CNAME' || (input.values?.length ?? 1) === 1, 'expected one value for a CNAME');
export type RecordInput = z.output<typeof RecordInput>;

export const RecordOutput = z.strictObject({
  region: region.nullable().describe('Region that is active now; null if the step names none.'),
  answered: z.array(z.string()).describe("Addresses that the name's own servers answered."),
});

/** The record as it was, in the form of the input; null when there was none. */
export const RecordCaptured = z.strictObject({
  at: instant,
  record: z
    .strictObject({ alias: Alias.optional(), values: z.array(z.string()).optional(), ttl: z.int().optional() })
    .nullable(),
  active: region,
});

export const RecordReceipt = z.strictObject({
  at: instant,
  change: z.string().nullable().describe('Change id of Route 53; null when it was found by looking.'),
  wait_seconds: z.int().describe('How long resolvers may still give out what was there before.'),
});
export type RecordReceipt = z.output<typeof RecordReceipt>;
