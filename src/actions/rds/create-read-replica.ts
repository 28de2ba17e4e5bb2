import { CreateDBInstanceReadReplicaCommand } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect, type Observed } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant } from '../kit/fields.ts';
import { isMadeByStep, ownerTags } from '../kit/owner.ts';
import { pace } from '../kit/pace.ts';
import { need, orAbsent } from '../kit/reading.ts';
import {
  brokenStatus,
  endpointOf,
  nameInstance,
  readInstance,
  replicationOf,
  sayBroken,
  sourceOf,
  statusOf,
} from './instance.ts';
import { ReplicaCaptured, ReplicaInput, ReplicaOutput, replicates } from './replica-input.ts';
import { planReplica } from './replica-plan.ts';
import { keyPermissions } from './snapshots.ts';

export const createReadReplica = defineEffect({
  name: 'rds.create-read-replica',
  version: 1,
  summary: 'Protect a primary again: a read replica of it, usually in the other Region',
  kind: 'once',
  risk: 'reversible',
  traffic: 'none',
  input: ReplicaInput,
  output: ReplicaOutput,
  captured: ReplicaCaptured,
  receipt: z.strictObject({ at: instant }),
  binds: ['instance', 'source'],
  checks: [
    'the name is free, or has a replica of this primary',
    'the primary is available, stands alone and keeps automated backups',
    'a KMS key is given where an encrypted primary is in another Region',
  ],
  iam: {
    read: ['rds:DescribeDBInstances'],
    effect: ['rds:CreateDBInstanceReadReplica'],
    asCaller: [...keyPermissions, 'rds:AddTagsToResource'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: false,
    how: 'Cannot be undone by itself: it adds a replica and changes nothing else. Delete the replica with rds.delete-instance if it is not wanted.',
  },
  defaultTimeout: '8h',
  plan: planReplica,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const [source, present] = await Promise.all([
      readInstance({ region: input.source_region, instance: input.source }, ctx),
      readInstance(input, ctx),
    ]);
    return { at, source_arn: need(source).DBInstanceArn ?? '', existed: need(orAbsent(present)) !== undefined };
  },
  async apply(input, { captured }, ctx) {
    await effect(`Creation of ${nameInstance(input)}`, () =>
      ctx.aws.rds(input.region).send(commandFor(input, captured.source_arn, ctx)),
    );
    return { at: captured.at };
  },
  async lookup(input, { captured: { at } }, ctx) {
    const read = orAbsent(await readInstance(input, ctx));
    if (!read.ok) return unknowable(read);
    if (read.value === undefined) return { happened: false };
    if (isMadeByStep(read.value.TagList, ctx.owner)) return { happened: true, receipt: { at } };
    return { happened: 'failed', why: `There is a ${nameInstance(input)} already, which this step did not make.` };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  observe: (input, _receipt, ctx) => observeReplica(input, ctx),
  restore: () => null,
});

/** Called in the Region of the replica; within a Region the primary goes by its name, across Regions by its ARN. */
function commandFor(input: ReplicaInput, sourceArn: string, ctx: KitContext): CreateDBInstanceReadReplicaCommand {
  const { subnet_group, parameter_group, class: size, kms_key: key } = input;
  const crosses = input.region !== input.source_region;
  return new CreateDBInstanceReadReplicaCommand({
    DBInstanceIdentifier: input.instance,
    SourceDBInstanceIdentifier: crosses ? sourceArn : input.source,
    VpcSecurityGroupIds: input.security_groups,
    ...(crosses ? { SourceRegion: input.source_region } : {}),
    ...(subnet_group === undefined ? {} : { DBSubnetGroupName: subnet_group }),
    ...(parameter_group === undefined ? {} : { DBParameterGroupName: parameter_group }),
    ...(size === undefined ? {} : { DBInstanceClass: size }),
    ...(key === undefined ? {} : { KmsKeyId: key }),
    Tags: ownerTags(ctx.owner),
  });
}

/** There is a replica once it is available and RDS says that it replicates; how far behind it is, is another question. */
async function observeReplica(input: ReplicaInput, ctx: KitContext): Promise<Observed<z.output<typeof ReplicaOutput>>> {
  const read = await readInstance(input, ctx);
  if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
  if (!read.ok) return notSeen(read, pace.database);
  const status = statusOf(read.value);
  if (brokenStatus.test(status)) return { state: 'failed', why: sayBroken(input, status) };
  const [endpoint, source, replication] = [endpointOf(read.value), sourceOf(read.value), replicationOf(read.value)];
  if (status === 'available' && !replicates(read.value, input)) {
    return {
      state: 'failed',
      why: `${nameInstance(input)} is no replica of ${input.source}: ${source ?? 'it stands alone'}.`,
    };
  }
  if (status === 'available' && endpoint !== null && source !== null && replication?.normal) {
    return {
      state: 'done',
      output: { instance: input.instance, arn: read.value.DBInstanceArn ?? '', endpoint, source },
    };
  }
  const progress = [status, replication === undefined ? '' : `replication: ${replication.text}`]
    .filter(Boolean)
    .join(', ');
  return { state: 'working', progress, againInMs: pace.database };
}
