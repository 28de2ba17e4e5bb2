import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { State } from '../state.ts';
import type { RuleSpec } from './estate.ts';
import type { GroupRule, SecurityGroup } from './state.ts';

/** A rule as DescribeSecurityGroupRules shows it. */
export function toRule(state: State, group: SecurityGroup, rule: GroupRule): SecurityGroupRule {
  const { cidr, cidr6, group: other, prefixList, description } = rule;
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: group.id,
    GroupOwnerId: state.estate.account,
    IsEgress: rule.egress,
    IpProtocol: rule.protocol,
    FromPort: rule.from ?? -1,
    ToPort: rule.to ?? -1,
    Tags: Object.entries(rule.tags).map(([Key, Value]) => ({ Key, Value })),
    ...(cidr === undefined ? {} : { CidrIpv4: cidr }),
    ...(cidr6 === undefined ? {} : { CidrIpv6: cidr6 }),
    ...(prefixList === undefined ? {} : { PrefixListId: prefixList }),
    ...(other === undefined ? {} : { ReferencedGroupInfo: { GroupId: other, UserId: state.estate.account } }),
    ...(description === undefined ? {} : { Description: description }),
  };
}

/** A rule as DescribeSecurityGroups shows it. */
export function toPermission(state: State, rule: GroupRule): IpPermission {
  const { cidr, cidr6, group: other, prefixList } = rule;
  return {
    IpProtocol: rule.protocol,
    ...(rule.from === undefined ? {} : { FromPort: rule.from }),
    ...(rule.to === undefined ? {} : { ToPort: rule.to }),
    IpRanges: cidr === undefined ? [] : [{ CidrIp: cidr }],
    Ipv6Ranges: cidr6 === undefined ? [] : [{ CidrIpv6: cidr6 }],
    PrefixListIds: prefixList === undefined ? [] : [{ PrefixListId: prefixList }],
    UserIdGroupPairs: other === undefined ? [] : [{ GroupId: other, UserId: state.estate.account }],
  };
}

/** The rules that a permission stands for, one for each source that it names. */
export function rulesIn(permission: IpPermission): RuleSpec[] {
  const ports = {
    protocol: permission.IpProtocol ?? '-1',
    ...(permission.FromPort === undefined || permission.FromPort < 0 ? {} : { from: permission.FromPort }),
    ...(permission.ToPort === undefined || permission.ToPort < 0 ? {} : { to: permission.ToPort }),
  };
  const made = (source: Partial<RuleSpec>, description: string | undefined): RuleSpec => ({
    ...ports,
    ...source,
    ...(description === undefined ? {} : { description }),
  });
  return [
    ...(permission.IpRanges ?? []).map((one) => made({ cidr: one.CidrIp }, one.Description)),
    ...(permission.Ipv6Ranges ?? []).map((one) => made({ cidr6: one.CidrIpv6 }, one.Description)),
    ...(permission.PrefixListIds ?? []).map((one) => made({ prefixList: one.PrefixListId }, one.Description)),
    ...(permission.UserIdGroupPairs ?? []).map((one) => made({ group: one.GroupId }, one.Description)),
  ];
}

/** Two rules of one direction are the same by what they allow, whatever they are described as. */
export function isSameRule(one: RuleSpec, other: RuleSpec): boolean {
  const keys = ['protocol', 'from', 'to', 'cidr', 'cidr6', 'group', 'prefixList'] as const;
  return keys.every((key) => one[key] === other[key]);
}
