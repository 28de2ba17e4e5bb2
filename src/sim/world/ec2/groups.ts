import type {
  AuthorizeSecurityGroupIngressCommandInput,
  AuthorizeSecurityGroupIngressCommandOutput,
  DescribeSecurityGroupRulesCommandInput,
  DescribeSecurityGroupRulesCommandOutput,
  DescribeSecurityGroupsCommandInput,
  DescribeSecurityGroupsCommandOutput,
  RevokeSecurityGroupIngressCommandInput,
  RevokeSecurityGroupIngressCommandOutput,
} from '@aws-sdk/client-ec2';
import { mint } from '../model.ts';
import { effect, type Operation, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { isSameRule, rulesIn, toPermission, toRule } from './rules.ts';
import { findGroup, type SecurityGroup } from './state.ts';

const named = (input: { GroupId?: string | undefined }): string => `ec2:${input.GroupId}`;

export const groupOperations: Operations = {
  DescribeSecurityGroups: reading<DescribeSecurityGroupsCommandInput, DescribeSecurityGroupsCommandOutput>(
    (scene, input) => ({
      SecurityGroups: (input.GroupIds ?? []).map((id) => {
        const group = needGroup(scene, id);
        const permissions = (egress: boolean) =>
          group.rules.filter((rule) => rule.egress === egress).map((rule) => toPermission(scene.state, rule));
        return {
          GroupId: group.id,
          GroupName: group.name,
          Description: group.description,
          VpcId: group.vpc,
          OwnerId: scene.state.estate.account,
          IpPermissions: permissions(false),
          IpPermissionsEgress: permissions(true),
        };
      }),
    }),
  ),
  DescribeSecurityGroupRules: reading<DescribeSecurityGroupRulesCommandInput, DescribeSecurityGroupRulesCommandOutput>(
    describeRules,
  ),
  AuthorizeSecurityGroupIngress: authorize(false),
  AuthorizeSecurityGroupEgress: authorize(true),
  RevokeSecurityGroupIngress: revoke(false),
  RevokeSecurityGroupEgress: revoke(true),
};

export function needGroup(scene: Scene, id: string | undefined): SecurityGroup {
  const group = findGroup(scene.state, scene.region, id ?? '');
  return group ?? refuse('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
}

/** Five to a page at least, as EC2 has it; a group that does not exist has no rules, and no error says so. */
function describeRules(scene: Scene, input: DescribeSecurityGroupRulesCommandInput) {
  const ids = input.Filters?.find(({ Name }) => Name === 'group-id')?.Values ?? [];
  const all = scene.state.ec2.groups
    .filter((group) => group.region === scene.region && ids.includes(group.id))
    .flatMap((group) => group.rules.map((rule) => toRule(scene.state, group, rule)));
  const from = Number(input.NextToken ?? 0);
  const until = from + (input.MaxResults ?? 1_000);
  return {
    SecurityGroupRules: all.slice(from, until),
    ...(until < all.length ? { NextToken: String(until) } : {}),
  };
}

/** Every rule only allows: asked to "block" everybody by a rule for everybody, the cloud lets everybody in. */
function authorize(egress: boolean): Operation {
  return effect<AuthorizeSecurityGroupIngressCommandInput, AuthorizeSecurityGroupIngressCommandOutput>(
    named,
    (scene, input) => {
      const group = needGroup(scene, input.GroupId);
      const asked = (input.IpPermissions ?? []).flatMap(rulesIn);
      const twice = asked.find((rule) => group.rules.some((has) => has.egress === egress && isSameRule(has, rule)));
      if (twice) {
        refuse('InvalidPermission.Duplicate', `the specified rule "${JSON.stringify(twice)}" already exists`);
      }
      const tags = Object.fromEntries(
        (input.TagSpecifications ?? []).flatMap((one) =>
          (one.Tags ?? []).map(({ Key, Value }): [string, string] => [Key ?? '', Value ?? '']),
        ),
      );
      const made = asked.map((rule) => ({ ...rule, id: `sgr-${mint(scene.state, 17)}`, egress, tags }));
      group.rules.push(...made);
      return { Return: true, SecurityGroupRules: made.map((rule) => toRule(scene.state, group, rule)) };
    },
  );
}

function revoke(egress: boolean): Operation {
  return effect<RevokeSecurityGroupIngressCommandInput, RevokeSecurityGroupIngressCommandOutput>(
    named,
    (scene, input) => {
      const group = needGroup(scene, input.GroupId);
      const ids = input.SecurityGroupRuleIds ?? [];
      const missing = ids.find((id) => !group.rules.some((rule) => rule.id === id && rule.egress === egress));
      if (missing) {
        refuse('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${missing}' does not exist`);
      }
      group.rules = group.rules.filter((rule) => !ids.includes(rule.id));
      return { Return: true };
    },
  );
}
