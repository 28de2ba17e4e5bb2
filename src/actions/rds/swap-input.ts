import { type DBInstance, DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { instant, label, region } from '../kit/fields.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { longest, madeName, suffix } from './made.ts';

const identifier = z
  .string()
  .max(63, 'expected at most 63 characters')
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'expected small letters, digits and single hyphens, such as app-db');

export const SwapInput = z
  .strictObject({
    region,
    instance: label.describe('The identifier to keep: its endpoint is what applications connect to.'),
    replacement: label.describe('The instance that takes it over, such as a restored one.'),
    aside: identifier
      .optional()
      .describe('Identifier that the old instance has afterwards; its own with the suffix and the run, if absent.'),
    suffix: suffix.default('old').describe('What the old instance is then called, beside the run.'),
    security_groups: z
      .array(label)
      .min(1, 'expected at least one security group')
      .optional()
      .describe('Groups that the replacement must have; those of the old instance if absent, which a fence has taken.'),
  })
  .refine(({ instance, replacement }) => instance !== replacement, 'expected another instance as replacement');
export type SwapInput = z.output<typeof SwapInput>;

export const SwapOutput = z.strictObject({
  endpoint: z.string().describe('Where the replacement answers, host:port: under the name that was kept.'),
  host: z.string().describe('The host alone.'),
  aside: z.string().describe('What the old instance is called now.'),
});

/** Both by their resource ids, which a rename leaves as they are. */
export const SwapCaptured = z.strictObject({
  at: instant,
  old: z.string(),
  replacement: z.string(),
  aside: z.string(),
});

export const SwapReceipt = z.strictObject({
  old: z.string().nullable(),
  replacement: z.string().nullable(),
  aside: z.string(),
});
export type SwapReceipt = z.output<typeof SwapReceipt>;

export function asideOf(input: SwapInput, ctx: Pick<KitContext, 'owner'>): string {
  return input.aside ?? madeName(input, ctx, longest.instance);
}

export function resourceIdOf(instance: DBInstance): string {
  return stated(instance.DbiResourceId, 'a resource id');
}

export interface Pair {
  old: DBInstance;
  replacement: DBInstance;
}

/** The two instances, whatever they are called by now. */
export function readPair(
  { region: home }: SwapInput,
  ids: { old: string; replacement: string },
  ctx: KitContext,
): Promise<Reading<Pair>> {
  return reading(`DB instances ${ids.old} and ${ids.replacement} in ${home}`, async () => {
    const command = new DescribeDBInstancesCommand({
      Filters: [{ Name: 'dbi-resource-id', Values: [ids.old, ids.replacement] }],
    });
    const found = stated((await ctx.aws.rds(home).send(command)).DBInstances, 'the instances');
    const named = new Map(found.map((one) => [stated(one.DbiResourceId, 'a resource id'), one]));
    const [old, replacement] = [named.get(ids.old), named.get(ids.replacement)];
    if (!old || !replacement) throw Object.assign(new Error('one of them is gone'), { name: 'DBInstanceNotFound' });
    for (const one of [old, replacement]) {
      stated(one.DBInstanceIdentifier, 'an identifier');
      stated(one.DBInstanceStatus, 'a status');
    }
    return { old, replacement };
  });
}
