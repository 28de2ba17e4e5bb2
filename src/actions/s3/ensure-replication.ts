import { DeleteBucketReplicationCommand, PutBucketReplicationCommand, type ReplicationRule } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { controlRegion, nameBucket, type Replication, readReplication } from './bucket.ts';
import { isAsWanted, ReplicationInput, wantedConfiguration } from './replication-input.ts';
import { planReplication } from './replication-plan.ts';
import { Configuration } from './rules.ts';

export const ensureReplication = defineEffect({
  name: 's3.ensure-replication',
  version: 1,
  summary: 'Replicate what is written from now on to a bucket elsewhere',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: ReplicationInput,
  output: z.strictObject({
    rules: z.number().describe('Rules of the bucket.'),
    existing_objects: z.string().describe('What this does not do.'),
  }),
  captured: z.strictObject({ at: instant, configuration: Configuration.nullable() }),
  receipt: z.strictObject({ at: instant }),
  binds: ['from', 'to', 'role', 'prefix'],
  checks: [
    'both buckets keep versions; the destination is there, in its Region',
    'what the bucket replicates already can be read',
    'no other rule of the bucket has the old form',
  ],
  iam: {
    read: ['s3:ListBucket', 's3:GetBucketVersioning', 's3:GetReplicationConfiguration'],
    effect: ['s3:PutReplicationConfiguration'],
    asCaller: ['iam:PassRole'],
  },
  plane: { kind: 'control', region: controlRegion },
  undo: { possible: true, how: 'Puts back the rules that there were; what has been replicated meanwhile stays.' },
  defaultTimeout: '5m',
  plan: planReplication,
  async capture(input, ctx) {
    const now = need(await readReplication(input, ctx));
    return { at: ctx.clock.now().toISOString(), configuration: now && Configuration.parse(plain(now)) };
  },
  async apply(input, { captured }, ctx) {
    await configure(input, wantedConfiguration(input, need(await readReplication(input, ctx))), ctx);
    return { at: captured.at };
  },
  async lookup(input, { captured }, ctx) {
    const now = await readReplication(input, ctx);
    if (!now.ok) return unknowable(now);
    return isAsWanted(input, now.value) ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const now = await readReplication(input, ctx);
    if (!now.ok) return notSeen(now, pace.service);
    if (!isAsWanted(input, now.value)) {
      return { state: 'working', progress: 'the rule is not to be seen yet', againInMs: pace.service };
    }
    return { state: 'done', output: { rules: now.value?.rules.length ?? 0, existing_objects: existingObjects } };
  },
  restore: (input, captured) => ({ ...input, configuration: captured.configuration }),
});

export const existingObjects =
  'Objects that are there already are not replicated by this: copy them with s3.copy-prefix.';

async function configure(input: ReplicationInput, wanted: Replication | null, ctx: KitContext): Promise<void> {
  const s3 = ctx.aws.s3(input.region);
  const Bucket = input.bucket;
  const command = wanted && {
    Bucket,
    ReplicationConfiguration: { Role: wanted.role, Rules: wanted.rules },
  };
  await effect(`Replication of the ${nameBucket(input)}`, async () => {
    if (command) await s3.send(new PutBucketReplicationCommand(command));
    else await s3.send(new DeleteBucketReplicationCommand({ Bucket }));
  });
}

function plain({ role, rules }: Replication): { role: string; rules: ReplicationRule[] } {
  return JSON.parse(JSON.stringify({ role, rules }));
}
