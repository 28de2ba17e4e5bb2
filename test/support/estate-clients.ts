import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDSClient } from '@aws-sdk/client-rds';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';

export const testCredentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Plain SDK clients for one Region, as a program outside Muster would have them. */
export function createClients(endpoint: string, region: string, maxAttempts = 3) {
  const options = { endpoint, region, credentials: testCredentials, maxAttempts };
  return {
    rds: new RDSClient(options),
    ecs: new ECSClient(options),
    elb: new ElasticLoadBalancingV2Client(options),
    scaling: new ApplicationAutoScalingClient(options),
    route53: new Route53Client(options),
    cloudwatch: new CloudWatchClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
  };
}
export type Clients = ReturnType<typeof createClients>;

/** The default network that moto gives every Region; EC2 has no client here, so it is asked in its own protocol. */
export async function readNetwork(
  endpoint: string,
  region: string,
): Promise<{ vpc: string; subnets: string[]; group: string }> {
  const subnets = await askEc2(endpoint, region, 'DescribeSubnets');
  const groups = await askEc2(endpoint, region, 'DescribeSecurityGroups');
  return {
    vpc: firstOf(subnets, 'vpcId'),
    subnets: allOf(subnets, 'subnetId').slice(0, 2),
    group: firstOf(groups, 'groupId'),
  };
}

async function askEc2(endpoint: string, region: string, action: string): Promise<string> {
  const scope = `Credential=test/20260101/${region}/ec2/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ Action: action, Version: '2016-11-15' }).toString(),
  });
  return await response.text();
}

function allOf(xml: string, tag: string): string[] {
  return [...xml.matchAll(new RegExp(`<${tag}>([^<]+)<`, 'g'))].flatMap((match) => match[1] ?? []);
}

function firstOf(xml: string, tag: string): string {
  const [first] = allOf(xml, tag);
  if (first === undefined) throw new Error(`no <${tag}> in ${xml.slice(0, 200)}`);
  return first;
}
