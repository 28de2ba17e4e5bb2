/** Short names by SDK client, as signed requests and fault selectors use them. */
const shortNames: Readonly<Record<string, string>> = {
  RDSClient: 'rds',
  ECSClient: 'ecs',
  ApplicationAutoScalingClient: 'application-autoscaling',
  ElasticLoadBalancingV2Client: 'elbv2',
  Route53Client: 'route53',
  S3Client: 's3',
  CloudWatchClient: 'cloudwatch',
  ServiceQuotasClient: 'service-quotas',
  STSClient: 'sts',
};

export function serviceOf(clientName: string): string {
  return shortNames[clientName] ?? clientName.replace(/Client$/, '').toLowerCase();
}

/** Control planes that live in one Region, whichever Region the caller names. Source: AWS Fault Isolation Boundaries. */
const homes: Readonly<Record<string, string>> = { route53: 'us-east-1', iam: 'us-east-1' };

/** The Region whose darkness silences this call. */
export function hostRegion(service: string, region: string): string {
  return homes[service] ?? region;
}
