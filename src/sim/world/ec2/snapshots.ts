import type {
  CreateSnapshotsCommandInput,
  CreateSnapshotsCommandOutput,
  DescribeSnapshotsCommandInput,
  DescribeSnapshotsCommandOutput,
} from '@aws-sdk/client-ec2';
import { faultsOf, mint, schedule } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import type { Due, State } from '../state.ts';
import { needInstance } from './instances.ts';
import type { VolumeSnapshot } from './state.ts';

export const snapshotOperations: Operations = {
  CreateSnapshots: effect<CreateSnapshotsCommandInput, CreateSnapshotsCommandOutput>(
    (input) => `ec2:${input.InstanceSpecification?.InstanceId}`,
    (scene, input) => ({ Snapshots: create(scene, input).map(toShown(scene.state)) }),
  ),
  DescribeSnapshots: reading<DescribeSnapshotsCommandInput, DescribeSnapshotsCommandOutput>((scene, input) => ({
    Snapshots: scene.state.ec2.snapshots
      .filter((one) => one.region === scene.region && passes(input, one))
      .map(toShown(scene.state)),
  })),
};

/** All volumes of an instance at one moment. Sent twice it makes them twice: the call takes no client token. */
function create(scene: Scene, input: CreateSnapshotsCommandInput): VolumeSnapshot[] {
  const { state, region } = scene;
  const instance = needInstance(scene, input.InstanceSpecification?.InstanceId);
  const tags = (input.TagSpecifications ?? []).flatMap(({ Tags }) => Tags ?? []);
  const made = instance.volumes.map(
    (volume): VolumeSnapshot => ({
      region,
      id: `snap-${mint(state, 17)}`,
      volume: volume.id,
      sizeGb: volume.sizeGb,
      status: 'pending',
      startedAt: state.at,
      description: input.Description ?? '',
      tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
    }),
  );
  state.ec2.snapshots.push(...made);
  for (const { id } of made) schedule(state, state.estate.ec2.snapshotMs, 'ec2.next', 'snapshot', id);
  return made;
}

function passes(input: DescribeSnapshotsCommandInput, snapshot: VolumeSnapshot): boolean {
  if (input.SnapshotIds && !input.SnapshotIds.includes(snapshot.id)) return false;
  return (input.Filters ?? []).every(({ Name = '', Values = [] }) => {
    const value = Name === 'volume-id' ? snapshot.volume : snapshot.tags[Name.replace(/^tag:/, '')];
    return value !== undefined && Values.includes(value);
  });
}

function toShown(state: State) {
  return (one: VolumeSnapshot) => {
    const share = Math.min(1, (state.at - one.startedAt) / Math.max(1, state.estate.ec2.snapshotMs));
    return {
      SnapshotId: one.id,
      VolumeId: one.volume,
      VolumeSize: one.sizeGb,
      State: one.status,
      Progress: one.status === 'completed' ? '100%' : `${Math.floor(share * 99)}%`,
      StartTime: new Date(one.startedAt),
      Description: one.description,
      Tags: Object.entries(one.tags).map(([Key, Value]) => ({ Key, Value })),
      ...(one.status === 'error' ? { StateMessage: 'The source volume could not be read.' } : {}),
    };
  };
}

export function finishSnapshot(state: State, { detail }: Due): void {
  const snapshot = state.ec2.snapshots.find(({ id }) => id === detail);
  if (!snapshot) return;
  const fails = faultsOf(state, 'volume-snapshot-fails').some(
    ({ region, volume }) => region === snapshot.region && volume === snapshot.volume,
  );
  snapshot.status = fails ? 'error' : 'completed';
}
