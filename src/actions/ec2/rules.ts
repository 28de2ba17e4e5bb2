import { DescribeSecurityGroupRulesCommand, type SecurityGroupRule } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { type GroupRef, nameGroup } from './group.ts';

const text = z.string().optional();

/** A rule of a security group as it is authorized; its own id is new each time. */
export const Rule = z.strictObject({
  direction: z.enum(['inbound', 'outbound']),
  protocol: z.string().describe('`tcp`, `udp`, `icmp`, a number, or `-1` for all.'),
  from: z.int().optional().describe('First port, or ICMP type; absent for all.'),
  to: z.int().optional().describe('Last port, or ICMP code; absent for all.'),
  cidr: text.describe('IPv4 addresses.'),
  cidr6: text.describe('IPv6 addresses.'),
  prefix_list: text.describe('Prefix list id.'),
  group: text.describe('Security group id: its members.'),
  group_owner: text.describe('Account of that group, where it has another.'),
  description: text,
  tags: z.record(z.string(), z.string()).optional(),
});
export type Rule = z.output<typeof Rule>;

export interface KnownRule extends Rule {
  id: string;
}

/** All rules, page by page. A group without rules and one that does not exist look alike: read the group too. */
export function readRules(ref: GroupRef, ctx: KitContext): Promise<Reading<KnownRule[]>> {
  return reading(`rules of ${nameGroup(ref)}`, async () => {
    const found: SecurityGroupRule[] = [];
    let token: string | undefined;
    do {
      const command = new DescribeSecurityGroupRulesCommand({
        Filters: [{ Name: 'group-id', Values: [ref.group] }],
        MaxResults: 1_000,
        NextToken: token,
      });
      const page = await ctx.aws.ec2(ref.region).send(command);
      found.push(...stated(page.SecurityGroupRules, 'the rules'));
      token = page.NextToken;
    } while (token);
    return found.map(ruleOf).sort((one, other) => sayRule(one).localeCompare(sayRule(other)));
  });
}

/** `inbound tcp 443 from 0.0.0.0/0`. The same text is the same rule: descriptions and tags tell none apart. */
export function sayRule(rule: Rule): string {
  const { direction, protocol, from, to } = rule;
  const ports = from === undefined ? '' : ` ${from === to ? from : `${from}-${to}`}`;
  const where = rule.cidr ?? rule.cidr6 ?? rule.prefix_list ?? rule.group ?? 'nobody';
  return `${direction} ${protocol === '-1' ? 'all' : protocol}${ports} ${direction === 'inbound' ? 'from' : 'to'} ${where}`;
}

function ruleOf(rule: SecurityGroupRule): KnownRule {
  const other = rule.ReferencedGroupInfo;
  const owner = other?.UserId;
  const tags = Object.fromEntries((rule.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
  return {
    id: stated(rule.SecurityGroupRuleId, 'the id of a rule'),
    direction: stated(rule.IsEgress, 'the direction of a rule') ? 'outbound' : 'inbound',
    protocol: stated(rule.IpProtocol, 'the protocol of a rule'),
    ...portsOf(rule),
    ...(rule.CidrIpv4 ? { cidr: rule.CidrIpv4 } : {}),
    ...(rule.CidrIpv6 ? { cidr6: rule.CidrIpv6 } : {}),
    ...(rule.PrefixListId ? { prefix_list: rule.PrefixListId } : {}),
    ...(other?.GroupId ? { group: other.GroupId } : {}),
    ...(owner && owner !== rule.GroupOwnerId ? { group_owner: owner } : {}),
    ...(rule.Description ? { description: rule.Description } : {}),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  };
}

/** Below 0 is all of them, as it is for ICMP's codes; half a range says nothing. */
function portsOf({ FromPort: from, ToPort: to }: SecurityGroupRule): Pick<KnownRule, 'from' | 'to'> {
  if (from !== undefined && from >= 0) stated(to, 'the last port of a rule');
  if (to !== undefined && to >= 0) stated(from, 'the first port of a rule');
  return {
    ...(from === undefined || from < 0 ? {} : { from }),
    ...(to === undefined || to < 0 ? {} : { to }),
  };
}
