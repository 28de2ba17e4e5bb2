import { DescribeSecurityGroupsCommand, type IpPermission } from '@aws-sdk/client-ec2';
import type { Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import type { Ec2Instance } from './instance.ts';

export interface GroupRef {
  region: string;
  group: string;
}

interface Group {
  vpc: string;
  inbound: IpPermission[];
  outbound: IpPermission[];
}

export function nameGroup({ region, group }: GroupRef): string {
  return `security group ${group} in ${region}`;
}

export function readGroup(ref: GroupRef, ctx: KitContext): Promise<Reading<Group>> {
  return reading(nameGroup(ref), async () => {
    const command = new DescribeSecurityGroupsCommand({ GroupIds: [ref.group] });
    const { SecurityGroups } = await ctx.aws.ec2(ref.region).send(command);
    const group = stated(stated(SecurityGroups, 'the groups')[0], 'the group');
    return {
      vpc: stated(group.VpcId, 'a VPC'),
      inbound: stated(group.IpPermissions, 'the inbound rules'),
      outbound: stated(group.IpPermissionsEgress, 'the outbound rules'),
    };
  });
}

/** A group only allows: the one that contains has no rule at all, in either direction. */
export function checkContains(read: Reading<Group>, instance: Reading<Ec2Instance>): Check {
  const question: Question = {
    id: 'containment',
    title: 'containment group lets nothing through',
    expected: "a group of the instance's VPC without a rule",
    carry: 'never',
  };
  return judgeReading(question, read, ({ vpc, inbound, outbound }) => ({
    pass: inbound.length === 0 && outbound.length === 0 && isThere(vpc, instance),
    found: `${inbound.length} inbound and ${outbound.length} outbound rules in ${vpc}`,
  }));
}

/** Connections go untracked where everything is allowed both ways. */
export function checkUntracks(read: Reading<Group>, instance: Reading<Ec2Instance>): Check {
  const question: Question = {
    id: 'untrack',
    title: 'untracking group allows all both ways',
    expected: "a group of the instance's VPC that allows all to and from 0.0.0.0/0",
    carry: 'never',
  };
  return judgeReading(question, read, ({ vpc, inbound, outbound }) => {
    const all = [inbound, outbound].every((rules) => rules.some(allowsAll));
    return { pass: all && isThere(vpc, instance), found: `${all ? 'it does' : 'it does not'}, in ${vpc}` };
  });
}

function allowsAll({ IpProtocol: protocol, IpRanges: ranges }: IpPermission): boolean {
  return protocol === '-1' && (ranges ?? []).some(({ CidrIp }) => CidrIp === '0.0.0.0/0');
}

/** Where the instance could not be read, its own check says so. */
function isThere(vpc: string, instance: Reading<Ec2Instance>): boolean {
  return !instance.ok || instance.value.vpc === vpc;
}
