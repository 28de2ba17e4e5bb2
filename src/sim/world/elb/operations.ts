import type {
  DescribeLoadBalancersCommandInput,
  DescribeLoadBalancersCommandOutput,
  DescribeTargetGroupsCommandInput,
  DescribeTargetGroupsCommandOutput,
  DescribeTargetHealthCommandInput,
  DescribeTargetHealthCommandOutput,
  LoadBalancer,
  TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Estate } from '../estate.ts';
import { type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { targetsOf, toHealthDescription } from './targets.ts';

type Group = Estate['targetGroups'][number];
type Balancer = Estate['balancers'][number];

export const elbOperations: Operations = {
  DescribeTargetHealth: reading<DescribeTargetHealthCommandInput, DescribeTargetHealthCommandOutput>(describeHealth),
  DescribeTargetGroups: reading<DescribeTargetGroupsCommandInput, DescribeTargetGroupsCommandOutput>(describeGroups),
  DescribeLoadBalancers: reading<DescribeLoadBalancersCommandInput, DescribeLoadBalancersCommandOutput>(
    describeBalancers,
  ),
};

function describeHealth(scene: Scene, input: DescribeTargetHealthCommandInput) {
  const group = groupsHere(scene).find((one) => one.arn === input.TargetGroupArn);
  if (!group) refuse('TargetGroupNotFoundException', 'One or more target groups not found');
  const descriptions = targetsOf(scene.state, group.arn).map(toHealthDescription);
  if (!input.Targets) return { TargetHealthDescriptions: descriptions };
  const asked = input.Targets.map(
    (target) =>
      descriptions.find((one) => one.Target?.Id === target.Id) ?? {
        Target: target,
        TargetHealth: {
          State: 'unused' as const,
          Reason: 'Target.NotRegistered' as const,
          Description: 'Target is not registered to the target group',
        },
      },
  );
  return { TargetHealthDescriptions: asked };
}

function groupsHere(scene: Scene): Group[] {
  return scene.state.estate.targetGroups.filter((group) => group.region === scene.region);
}

function balancersHere(scene: Scene): Balancer[] {
  return scene.state.estate.balancers.filter((balancer) => balancer.region === scene.region);
}

function describeGroups(scene: Scene, input: DescribeTargetGroupsCommandInput) {
  const asked = [...(input.TargetGroupArns ?? []), ...(input.Names ?? [])];
  const here = groupsHere(scene);
  const unknown = asked.some((name) => !here.some((group) => group.arn === name || group.name === name));
  if (unknown) refuse('TargetGroupNotFoundException', 'One or more target groups not found');
  const found = here
    .filter((group) => asked.length === 0 || asked.includes(group.arn) || asked.includes(group.name))
    .map((group) => toTargetGroup(scene, group))
    .filter((group) => !input.LoadBalancerArn || group.LoadBalancerArns?.includes(input.LoadBalancerArn));
  return { TargetGroups: found };
}

function toTargetGroup(scene: Scene, group: Group): TargetGroup {
  const balancers = balancersHere(scene).filter((balancer) => balancer.targetGroups.includes(group.arn));
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: 'HTTP',
    Port: 8080,
    TargetType: 'ip',
    HealthCheckPath: '/health',
    HealthCheckProtocol: 'HTTP',
    HealthCheckIntervalSeconds: 30,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
    LoadBalancerArns: balancers.map((balancer) => balancer.arn),
  };
}

function describeBalancers(scene: Scene, input: DescribeLoadBalancersCommandInput) {
  const asked = [...(input.LoadBalancerArns ?? []), ...(input.Names ?? [])];
  const here = balancersHere(scene);
  const unknown = asked.some((name) => !here.some((balancer) => balancer.arn === name || balancer.name === name));
  if (unknown) refuse('LoadBalancerNotFoundException', 'One or more load balancers not found');
  return {
    LoadBalancers: here
      .filter((balancer) => asked.length === 0 || asked.includes(balancer.arn) || asked.includes(balancer.name))
      .map(toLoadBalancer),
  };
}

function toLoadBalancer(balancer: Balancer): LoadBalancer {
  return {
    LoadBalancerArn: balancer.arn,
    LoadBalancerName: balancer.name,
    DNSName: balancer.dnsName,
    CanonicalHostedZoneId: balancer.zoneId,
    Scheme: 'internet-facing',
    Type: 'application',
    State: { Code: 'active' },
    AvailabilityZones: ['a', 'b'].map((letter) => ({ ZoneName: `${balancer.region}${letter}` })),
  };
}
