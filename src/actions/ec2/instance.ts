import {
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
} from '@aws-sdk/client-ec2';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { tagValue } from '../kit/owner.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';

export const instanceId = z
  .string()
  .regex(/^i-[0-9a-f]{8,17}$/, 'expected an EC2 instance id such as i-0a1b2c3d4e5f60718')
  .describe('EC2 instance id.');

export const groupId = z.string().regex(/^sg-[0-9a-z]+$/, 'expected a security group id such as sg-0a1b2c3d4e5f60718');

export const Interface = z.strictObject({
  id: z.string().describe('Network interface id.'),
  groups: z.array(groupId).min(1).describe('Its security groups.'),
});
export type Interface = z.output<typeof Interface>;

export interface InstanceRef {
  region: string;
  instance: string;
}

export interface Ec2Instance {
  state: string;
  vpc: string;
  interfaces: Interface[];
  volumes: string[];
  /** Of the Auto Scaling group that it belongs to, or undefined. */
  scaledBy: string | undefined;
}

export interface Profile {
  arn: string;
  association: string;
  state: string;
}

const gone = /^(shutting-down|terminated)$/;

export function nameInstance({ region, instance }: InstanceRef): string {
  return `EC2 instance ${instance} in ${region}`;
}

export function isGone({ state }: Ec2Instance): boolean {
  return gone.test(state);
}

export function readInstance(ref: InstanceRef, ctx: KitContext): Promise<Reading<Ec2Instance>> {
  return reading(nameInstance(ref), async () => {
    const command = new DescribeInstancesCommand({ InstanceIds: [ref.instance] });
    const { Reservations } = await ctx.aws.ec2(ref.region).send(command);
    const [instance] = stated(stated(Reservations, 'the reservations')[0]?.Instances, 'the instances');
    const faces = stated(instance?.NetworkInterfaces, 'the network interfaces');
    return {
      state: stated(instance?.State?.Name, 'a state'),
      vpc: stated(instance?.VpcId, 'a VPC'),
      interfaces: faces
        .map(({ NetworkInterfaceId, Groups }) => ({
          id: stated(NetworkInterfaceId, 'the id of a network interface'),
          groups: stated(Groups, 'the groups of a network interface')
            .map(({ GroupId }) => stated(GroupId, 'the id of a group'))
            .sort(),
        }))
        .sort((one, other) => one.id.localeCompare(other.id)),
      volumes: stated(instance?.BlockDeviceMappings, 'the volumes').map(({ Ebs }) =>
        stated(Ebs?.VolumeId, 'the id of a volume'),
      ),
      scaledBy: tagValue(instance?.Tags, 'aws:autoscaling:groupName'),
    };
  });
}

export function readProtection(ref: InstanceRef, ctx: KitContext): Promise<Reading<boolean>> {
  return reading(`termination protection of ${nameInstance(ref)}`, async () => {
    const command = new DescribeInstanceAttributeCommand({
      InstanceId: ref.instance,
      Attribute: 'disableApiTermination',
    });
    const { DisableApiTermination: protection } = await ctx.aws.ec2(ref.region).send(command);
    return stated(protection?.Value, 'a value');
  });
}

/** The instance profile that it has, is getting or is losing; null when it has none. */
export function readProfile(ref: InstanceRef, ctx: KitContext): Promise<Reading<Profile | null>> {
  return reading(`instance profile of ${nameInstance(ref)}`, async () => {
    const command = new DescribeIamInstanceProfileAssociationsCommand({
      Filters: [{ Name: 'instance-id', Values: [ref.instance] }],
    });
    const found = await ctx.aws.ec2(ref.region).send(command);
    const all = stated(found.IamInstanceProfileAssociations, 'the associations').map((one) => ({
      arn: stated(one.IamInstanceProfile?.Arn, 'the ARN of a profile'),
      association: stated(one.AssociationId, 'the id of an association'),
      state: stated(one.State, 'the state of an association'),
    }));
    return all.find(({ state }) => state !== 'disassociated') ?? null;
  });
}
