import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type TagSpecification,
} from '@aws-sdk/client-ec2';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { type GroupRef, nameGroup } from './group.ts';
import { type KnownRule, type Rule, sayRule } from './rules.ts';

/** Answers that say that it is so already. */
const gone = /^InvalidPermission\.NotFound$|^InvalidSecurityGroupRuleId\.NotFound$/;
const there = /^InvalidPermission\.Duplicate$/;

/** One call for each rule: a batch is refused whole for one rule that somebody else has taken away already. */
export async function revokeRule(ref: GroupRef, rule: KnownRule, ctx: KitContext): Promise<void> {
  const input = { GroupId: ref.group, SecurityGroupRuleIds: [rule.id] };
  const ec2 = ctx.aws.ec2(ref.region);
  await effect(`Revoking ${sayRule(rule)} of ${nameGroup(ref)}`, () =>
    unless(gone, () =>
      rule.direction === 'inbound'
        ? ec2.send(new RevokeSecurityGroupIngressCommand(input))
        : ec2.send(new RevokeSecurityGroupEgressCommand(input)),
    ),
  );
}

export async function authorizeRule(ref: GroupRef, rule: Rule, ctx: KitContext): Promise<void> {
  const tags = Object.entries(rule.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  const TagSpecifications: TagSpecification[] =
    tags.length === 0 ? [] : [{ ResourceType: 'security-group-rule', Tags: tags }];
  const input = { GroupId: ref.group, IpPermissions: [permissionOf(rule)], TagSpecifications };
  const ec2 = ctx.aws.ec2(ref.region);
  await effect(`Authorizing ${sayRule(rule)} in ${nameGroup(ref)}`, () =>
    unless(there, () =>
      rule.direction === 'inbound'
        ? ec2.send(new AuthorizeSecurityGroupIngressCommand(input))
        : ec2.send(new AuthorizeSecurityGroupEgressCommand(input)),
    ),
  );
}

async function unless(names: RegExp, send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof Error) || !names.test(error.name)) throw error;
  }
}

function permissionOf(rule: Rule): IpPermission {
  const { protocol, from, to, cidr, cidr6, prefix_list: list, group, group_owner: owner, description } = rule;
  const said = description === undefined ? {} : { Description: description };
  return {
    IpProtocol: protocol,
    // For ICMP -1 is all types; a protocol without ports takes none.
    ...(protocol === '-1' ? {} : { FromPort: from ?? -1, ToPort: to ?? -1 }),
    ...(cidr === undefined ? {} : { IpRanges: [{ CidrIp: cidr, ...said }] }),
    ...(cidr6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6: cidr6, ...said }] }),
    ...(list === undefined ? {} : { PrefixListIds: [{ PrefixListId: list, ...said }] }),
    ...(group === undefined
      ? {}
      : { UserIdGroupPairs: [{ GroupId: group, ...(owner === undefined ? {} : { UserId: owner }), ...said }] }),
  };
}
