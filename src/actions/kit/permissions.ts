import type { ServiceName } from './clients.ts';

const prefixes: Record<ServiceName, string> = {
  rds: 'rds',
  cloudWatch: 'cloudwatch',
  ecs: 'ecs',
  autoScaling: 'application-autoscaling',
  quotas: 'servicequotas',
  elb: 'elasticloadbalancing',
  s3: 's3',
  route53: 'route53',
  dynamoDb: 'dynamodb',
  lambda: 'lambda',
  cloudFormation: 'cloudformation',
  ec2: 'ec2',
  iam: 'iam',
  ssm: 'ssm',
  secrets: 'secretsmanager',
  sts: 'sts',
};

/** Commands whose permission has another name. */
const renamed: Record<string, string> = {
  's3:HeadObject': 's3:GetObject',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:CopyObject': 's3:PutObject',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:PutBucketReplication': 's3:PutReplicationConfiguration',
  's3:DeleteBucketReplication': 's3:PutReplicationConfiguration',
  'lambda:GetLayerVersionByArn': 'lambda:GetLayerVersion',
};

/** The permission that a command needs, as IAM writes it. */
export function permissionOf(service: ServiceName, command: string): string {
  const name = `${prefixes[service]}:${command}`;
  return renamed[name] ?? name;
}

/** Whether a command changes anything: AWS names those that do not Describe, List, Get, Head, Scan or Query. */
export function isEffect(command: string): boolean {
  return !/^(Describe|List|Get|Head|Scan|Query)/.test(command);
}
