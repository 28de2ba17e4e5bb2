import { AddTagsToResourceCommand, type DBInstance, RebootDBInstanceCommand } from '@aws-sdk/client-rds';
import type { z } from 'zod';
import { notSeen } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Observed } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { fencedByTag, tagValue } from '../kit/owner.ts';
import { pace } from '../kit/pace.ts';
import { type FenceInput, type FenceOutput, type FenceReceipt, fencedBy, groupIds, hasGroups } from './fence-input.ts';
import { brokenStatus, nameInstance, readInstance, sayBroken, statusOf } from './instance.ts';

type Seen = Observed<z.output<typeof FenceOutput>>;

/** After a reboot was asked for, the status may lag behind for a moment. */
const afterReboot = 15_000;

/** New groups keep out who comes, not who is connected: once they are in force a reboot is due, unless its tag says so. */
export async function observeFence(input: FenceInput, receipt: FenceReceipt, ctx: KitContext): Promise<Seen> {
  const first = await look(input, receipt, ctx);
  if (first.state !== 'done') return first;
  await ctx.clock.sleep(pace.confirm, ctx.signal);
  return look(input, receipt, ctx);
}

async function look(input: FenceInput, receipt: FenceReceipt, ctx: KitContext): Promise<Seen> {
  const read = await readInstance(input, ctx);
  if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
  if (!read.ok) return notSeen(read, pace.database);
  const instance = read.value;
  const status = statusOf(instance);
  if (brokenStatus.test(status)) return { state: 'failed', why: sayBroken(input, status) };
  if (!hasGroups(instance, input.security_groups)) return working(`${status}, its groups are being exchanged`);
  if (status !== 'available') return working(status);
  if (input.lift || isCut(instance, receipt)) {
    return { state: 'done', output: { security_groups: groupIds(instance) } };
  }
  const progress = 'groups in force, what is connected is cut by a reboot';
  return { state: 'working', progress, againInMs: afterReboot, due: 'reboot' };
}

function isCut(instance: DBInstance, { mark }: FenceReceipt): boolean {
  return mark === null ? fencedBy(instance) !== undefined : tagValue(instance.TagList, fencedByTag) === mark;
}

/** A reboot that is not marked is sent again: cutting twice does no harm, and not cutting would. */
export async function cutConnections(input: FenceInput, { arn, mark }: FenceReceipt, ctx: KitContext): Promise<void> {
  if (arn === null || mark === null) return;
  const command = new RebootDBInstanceCommand({ DBInstanceIdentifier: input.instance });
  await effect(`Reboot of ${nameInstance(input)}`, () => ctx.aws.rds(input.region).send(command));
  await markFenced(input, { arn, mark }, ctx);
}

export async function markFenced(
  input: FenceInput,
  { arn, mark }: { arn: string; mark: string },
  ctx: KitContext,
): Promise<void> {
  const command = new AddTagsToResourceCommand({ ResourceName: arn, Tags: [{ Key: fencedByTag, Value: mark }] });
  await effect(`Tagging ${nameInstance(input)}`, () => ctx.aws.rds(input.region).send(command));
}

function working(progress: string): Seen {
  return { state: 'working', progress, againInMs: pace.database };
}
