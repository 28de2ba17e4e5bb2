import type {
  AssociateIamInstanceProfileCommandInput,
  AssociateIamInstanceProfileCommandOutput,
  DescribeIamInstanceProfileAssociationsCommandInput,
  DescribeIamInstanceProfileAssociationsCommandOutput,
  DescribeInstanceAttributeCommandInput,
  DescribeInstanceAttributeCommandOutput,
  DescribeInstancesCommandInput,
  DescribeInstancesCommandOutput,
  DisassociateIamInstanceProfileCommandInput,
  DisassociateIamInstanceProfileCommandOutput,
  IamInstanceProfileAssociation,
  ModifyInstanceAttributeCommandInput,
  ModifyInstanceAttributeCommandOutput,
  ModifyNetworkInterfaceAttributeCommandInput,
  ModifyNetworkInterfaceAttributeCommandOutput,
} from '@aws-sdk/client-ec2';
import { mint, schedule } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { needGroup } from './groups.ts';
import type { Instance } from './state.ts';

export const instanceOperations: Operations = {
  DescribeInstances: reading<DescribeInstancesCommandInput, DescribeInstancesCommandOutput>((scene, input) => ({
    Reservations: [{ Instances: (input.InstanceIds ?? []).map((id) => toInstance(scene, needInstance(scene, id))) }],
  })),
  DescribeInstanceAttribute: reading<DescribeInstanceAttributeCommandInput, DescribeInstanceAttributeCommandOutput>(
    (scene, input) => {
      const instance = needInstance(scene, input.InstanceId);
      return { InstanceId: instance.id, DisableApiTermination: { Value: instance.protected } };
    },
  ),
  ModifyInstanceAttribute: effect<ModifyInstanceAttributeCommandInput, ModifyInstanceAttributeCommandOutput>(
    (input) => `ec2:${input.InstanceId}`,
    (scene, input) => {
      const instance = needInstance(scene, input.InstanceId);
      instance.protected = input.DisableApiTermination?.Value ?? instance.protected;
      return {};
    },
  ),
  ModifyNetworkInterfaceAttribute: effect<
    ModifyNetworkInterfaceAttributeCommandInput,
    ModifyNetworkInterfaceAttributeCommandOutput
  >((input) => `ec2:${input.NetworkInterfaceId}`, changeGroups),
  DescribeIamInstanceProfileAssociations: reading<
    DescribeIamInstanceProfileAssociationsCommandInput,
    DescribeIamInstanceProfileAssociationsCommandOutput
  >((scene, input) => {
    const ids = input.Filters?.find(({ Name }) => Name === 'instance-id')?.Values ?? [];
    const here = scene.state.ec2.instances.filter(({ region, id }) => region === scene.region && ids.includes(id));
    return { IamInstanceProfileAssociations: here.flatMap((instance) => associationOf(instance) ?? []) };
  }),
  DisassociateIamInstanceProfile: effect<
    DisassociateIamInstanceProfileCommandInput,
    DisassociateIamInstanceProfileCommandOutput
  >((input) => `ec2:${input.AssociationId}`, disassociate),
  AssociateIamInstanceProfile: effect<
    AssociateIamInstanceProfileCommandInput,
    AssociateIamInstanceProfileCommandOutput
  >((input) => `ec2:${input.InstanceId}`, associate),
};

export function needInstance(scene: Scene, id: string | undefined): Instance {
  const found = scene.state.ec2.instances.find((one) => one.region === scene.region && one.id === id);
  return found ?? refuse('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
}

function toInstance(scene: Scene, instance: Instance) {
  const groups = (ids: readonly string[]) => ids.map((id) => ({ GroupId: id, GroupName: needGroup(scene, id).name }));
  return {
    InstanceId: instance.id,
    State: { Code: 16, Name: 'running' as const },
    VpcId: instance.vpc,
    SecurityGroups: groups(instance.interfaces[0]?.groups ?? []),
    NetworkInterfaces: instance.interfaces.map((one) => ({
      NetworkInterfaceId: one.id,
      Groups: groups(one.groups),
      VpcId: instance.vpc,
      Status: 'in-use' as const,
    })),
    BlockDeviceMappings: instance.volumes.map(({ id, device }) => ({
      DeviceName: device,
      Ebs: { VolumeId: id, Status: 'attached' as const },
    })),
    Tags: Object.entries(instance.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** Takes hold of new connections only: those that were being tracked go on, as AWS lets them. */
function changeGroups(scene: Scene, input: ModifyNetworkInterfaceAttributeCommandInput) {
  const instance = scene.state.ec2.instances.find(
    (one) => one.region === scene.region && one.interfaces.some(({ id }) => id === input.NetworkInterfaceId),
  );
  const face = instance?.interfaces.find(({ id }) => id === input.NetworkInterfaceId);
  if (!instance || !face) {
    refuse('InvalidNetworkInterfaceID.NotFound', `The network interface '${input.NetworkInterfaceId}' does not exist`);
  }
  const strange = (input.Groups ?? []).find((id) => needGroup(scene, id).vpc !== instance.vpc);
  if (strange) {
    refuse('InvalidParameterValue', `The security group ${strange} is not in the VPC of the network interface.`);
  }
  if (input.Groups?.length) face.groups = [...input.Groups];
  return {};
}

function associationOf({ id, profile }: Instance): IamInstanceProfileAssociation | null {
  if (profile === null) return null;
  return {
    AssociationId: profile.id,
    InstanceId: id,
    IamInstanceProfile: { Arn: profile.arn, Id: 'AIPASIMULATED' },
    State: profile.state,
  };
}

function disassociate(scene: Scene, input: DisassociateIamInstanceProfileCommandInput) {
  const instance = scene.state.ec2.instances.find(
    (one) => one.region === scene.region && one.profile?.id === input.AssociationId,
  );
  if (!instance?.profile) {
    refuse('NoSuchAssociation', `An invalid association-id of '${input.AssociationId}' was given`);
  }
  instance.profile.state = 'disassociating';
  schedule(scene.state, scene.state.estate.ec2.profileMs, 'ec2.next', 'profile', instance.profile.id);
  return { IamInstanceProfileAssociation: associationOf(instance) ?? {} };
}

function associate(scene: Scene, input: AssociateIamInstanceProfileCommandInput) {
  const instance = needInstance(scene, input.InstanceId);
  if (instance.profile !== null) {
    refuse('IncorrectState', `There is an existing association for instance ${instance.id}`);
  }
  const id = `iip-assoc-${mint(scene.state, 17)}`;
  instance.profile = { id, arn: input.IamInstanceProfile?.Arn ?? '', state: 'associating' };
  schedule(scene.state, scene.state.estate.ec2.profileMs, 'ec2.next', 'profile', id);
  return { IamInstanceProfileAssociation: associationOf(instance) ?? {} };
}
