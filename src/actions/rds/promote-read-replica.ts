import { AddTagsToResourceCommand, PromoteReadReplicaCommand } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, label, region } from '../kit/fields.ts';
import { promotedByTag } from '../kit/owner.ts';
import { need } from '../kit/reading.ts';
import { endpointOf, nameInstance, readInstance, sourceOf, statusOf } from './instance.ts';
import { readLag } from './lag.ts';
import { lookupPromotion, observePromotion, verifyPromotion } from './promotion.ts';
import { planPromotion } from './promotion-plan.ts';

const Input = z.strictObject({
  region: region.describe("The replica's Region."),
  instance: label.describe('DB instance identifier of the replica.'),
  backup_retention_days: z
    .int('expected a whole number of days')
    .min(1, 'expected 1 to 35 days')
    .max(35, 'expected 1 to 35 days')
    .optional()
    .describe('Days that automated backups are kept afterwards; RDS keeps 1 day if absent.'),
});
export type PromoteInput = z.output<typeof Input>;

const Output = z.strictObject({
  instance: z.string().describe('DB instance identifier of the new primary.'),
  endpoint: z.string().describe('Where the new primary answers, host:port.'),
  last_replicated_at: instant
    .nullable()
    .describe('The newest write known to be kept: when the lag was measured, less the lag.'),
  promoted_at: instant.nullable().describe('When the promotion was asked for; null if it was found done.'),
});

const Captured = z.strictObject({
  at: instant,
  arn: z.string(),
  source: z.string().nullable(),
  status: z.string(),
  endpoint: z.string().nullable(),
  class: z.string().nullable(),
  lag_seconds: z.number().nullable(),
  lag_read_at: instant.nullable(),
});
export type PromoteCaptured = z.output<typeof Captured>;

const Receipt = z.strictObject({ promoted_at: instant.nullable(), last_replicated_at: instant.nullable() });

export const promoteReadReplica = defineEffect({
  name: 'rds.promote-read-replica',
  version: 1,
  summary: 'Make a read replica a primary of its own',
  kind: 'once',
  risk: 'irreversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: Captured,
  receipt: Receipt,
  binds: ['instance', 'role', 'source', 'backup_retention_days'],
  checks: [
    'the instance is available, and not backing up',
    "it is a read replica, or stands alone because a run promoted it; another that stands alone is somebody else's",
    'the engine is neither Aurora nor RDS Custom',
  ],
  iam: {
    read: ['rds:DescribeDBInstances', 'cloudwatch:GetMetricData'],
    effect: ['rds:AddTagsToResource', 'rds:PromoteReadReplica'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: false,
    how: 'Cannot be undone. To go back: create a replica of the new primary in the other Region, wait until it is in sync, then fail over to it.',
  },
  defaultTimeout: '30m',
  plan: planPromotion,
  async capture(input, ctx) {
    const [read, lag] = await Promise.all([readInstance(input, ctx), readLag(input, ctx)]);
    const instance = need(read);
    const known = lag.ok && lag.value.state === 'known' ? lag.value : null;
    return {
      at: ctx.clock.now().toISOString(),
      arn: instance.DBInstanceArn ?? '',
      source: sourceOf(instance),
      status: statusOf(instance),
      endpoint: endpointOf(instance),
      class: instance.DBInstanceClass ?? null,
      lag_seconds: known?.newest ?? null,
      lag_read_at: known?.at.toISOString() ?? null,
    };
  },
  async apply(input, { captured }, ctx) {
    const { region: home, instance, backup_retention_days: days } = input;
    await markOwned(captured.arn, input, ctx);
    const promotedAt = ctx.clock.now().toISOString();
    await effect(`Promotion of ${nameInstance(input)}`, () =>
      ctx.aws.rds(home).send(
        new PromoteReadReplicaCommand({
          DBInstanceIdentifier: instance,
          ...(days === undefined ? {} : { BackupRetentionPeriod: days }),
        }),
      ),
    );
    return { promoted_at: promotedAt, last_replicated_at: lastReplicated(captured) };
  },
  async lookup(input, { captured }, ctx) {
    const found = await lookupPromotion(input, ctx);
    if (found !== 'happened') return found;
    return { happened: true, receipt: { promoted_at: captured.at, last_replicated_at: lastReplicated(captured) } };
  },
  unchanged: () => ({ promoted_at: null, last_replicated_at: null }),
  async observe(input, receipt, ctx) {
    const seen = await observePromotion(input, ctx);
    return seen.state === 'done'
      ? { state: 'done', output: { instance: input.instance, ...seen.output, ...receipt } }
      : seen;
  },
  verify: (input, _output, ctx) => verifyPromotion(input, ctx),
  restore: () => null,
});

/** The mark goes first: an instance that is standalone without it was not promoted by this run. */
async function markOwned(arn: string, input: PromoteInput, ctx: KitContext): Promise<void> {
  const command = new AddTagsToResourceCommand({ ResourceName: arn, Tags: [{ Key: promotedByTag, Value: ctx.owner }] });
  await effect(`Tagging ${nameInstance(input)}`, () => ctx.aws.rds(input.region).send(command));
}

/** Never later than the truth: what was replicated after the reading is not counted. */
function lastReplicated({ lag_seconds: lag, lag_read_at: at }: PromoteCaptured): string | null {
  if (lag === null || at === null) return null;
  return new Date(new Date(at).getTime() - lag * 1_000).toISOString();
}
