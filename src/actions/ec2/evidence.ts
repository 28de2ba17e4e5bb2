import { CreateSnapshotsCommand, DescribeSnapshotsCommand, type Snapshot } from '@aws-sdk/client-ec2';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { ownerTags, stepTag } from '../kit/owner.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { sendOnce } from '../kit/send-once.ts';
import { type InstanceRef, nameInstance } from './instance.ts';

export interface EvidenceSnapshot {
  id: string;
  volume: string;
  state: string;
  progress: string;
  why: string;
}

/** What this step has made of an instance's volumes: CreateSnapshots takes no client token, so its tag finds it. */
export function readEvidence(ref: InstanceRef, ctx: KitContext): Promise<Reading<EvidenceSnapshot[]>> {
  return reading(`snapshots of ${nameInstance(ref)}`, async () => {
    const found: Snapshot[] = [];
    let token: string | undefined;
    do {
      const command = new DescribeSnapshotsCommand({
        OwnerIds: ['self'],
        Filters: [{ Name: `tag:${stepTag}`, Values: [ctx.owner] }],
        NextToken: token,
      });
      const page = await ctx.aws.ec2(ref.region).send(command);
      found.push(...stated(page.Snapshots, 'the snapshots'));
      token = page.NextToken;
    } while (token);
    return found.map((one) => ({
      id: stated(one.SnapshotId, 'the id of a snapshot'),
      volume: stated(one.VolumeId, 'the volume of a snapshot'),
      state: stated(one.State, 'the state of a snapshot'),
      progress: one.Progress ?? '',
      why: one.StateMessage?.replace(/\.$/, '') ?? 'EC2 gives no reason',
    }));
  });
}

export async function takeEvidence(ref: InstanceRef, ctx: KitContext): Promise<void> {
  const command = sendOnce(
    new CreateSnapshotsCommand({
      InstanceSpecification: { InstanceId: ref.instance },
      Description: `Evidence of ${ref.instance}, taken by ${ctx.owner}`,
      TagSpecifications: [{ ResourceType: 'snapshot', Tags: ownerTags(ctx.owner) }],
    }),
  );
  await effect(`Snapshots of ${nameInstance(ref)}`, () => ctx.aws.ec2(ref.region).send(command));
}

/** Volumes of which there is no sound snapshot. */
export function uncovered(volumes: readonly string[], taken: readonly EvidenceSnapshot[]): string[] {
  return volumes.filter((volume) => !taken.some((one) => one.volume === volume && one.state !== 'error'));
}
