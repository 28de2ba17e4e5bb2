import { ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import { unknowable } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { need } from '../kit/reading.ts';
import { FenceCaptured, FenceInput, FenceOutput, FenceReceipt, groupIds, sortIds } from './fence-input.ts';
import { cutConnections, markFenced, observeFence } from './fence-observe.ts';
import { checkClosed, planFence, readGroups } from './fence-plan.ts';
import { nameInstance, readInstance } from './instance.ts';

export const fence = defineEffect({
  name: 'rds.fence',
  version: 1,
  summary: 'Cut a database off: groups that let nobody in, and a reboot that ends what is connected',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: FenceInput,
  output: FenceOutput,
  captured: FenceCaptured,
  receipt: FenceReceipt,
  binds: ['security_groups', 'connections'],
  checks: [
    'the database answers; an ungraceful run may carry that no answer came at all',
    'it is available',
    'the groups have no inbound rule',
    "the groups are of the database's VPC",
  ],
  iam: {
    read: ['rds:DescribeDBInstances', 'ec2:DescribeSecurityGroups'],
    effect: ['rds:AddTagsToResource', 'rds:RebootDBInstance', 'rds:ModifyDBInstance'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: true, how: 'Gives it the security groups back that it had.' },
  defaultTimeout: '20m',
  plan: planFence,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const instance = need(await readInstance(input, ctx));
    return { at, arn: instance.DBInstanceArn ?? '', security_groups: groupIds(instance) };
  },
  async apply(input, { captured: { arn, at } }, ctx) {
    const { region, instance, security_groups: groups } = input;
    // The mark goes first: an instance that lets clients in must not pass for a fenced one.
    if (input.lift) await markFenced(input, { arn, mark: 'none' }, ctx);
    const command = new ModifyDBInstanceCommand({
      DBInstanceIdentifier: instance,
      VpcSecurityGroupIds: groups,
      ApplyImmediately: true,
    });
    await effect(`Change of the groups of ${nameInstance(input)}`, () => ctx.aws.rds(region).send(command));
    return { arn, mark: markOf(ctx.owner, at) };
  },
  async lookup(input, { captured: { arn, at } }, ctx) {
    const read = await readInstance(input, ctx);
    if (!read.ok) return unknowable(read);
    const same = sortIds(groupIds(read.value)).join() === sortIds(input.security_groups).join();
    return same ? { happened: true, receipt: { arn, mark: markOf(ctx.owner, at) } } : { happened: false };
  },
  unchanged: () => ({ arn: null, mark: null }),
  observe: observeFence,
  advance: cutConnections,
  async verify(input, _output, ctx) {
    return input.lift ? [] : [checkClosed(await readGroups(input, ctx))];
  },
  restore: ({ region, instance }, captured) => ({
    region,
    instance,
    security_groups: captured.security_groups,
    lift: true as const,
  }),
});

/** Of this very fence: the instance may bear the mark of an earlier one. */
function markOf(owner: string, at: string): string {
  return `${owner} ${at}`;
}
