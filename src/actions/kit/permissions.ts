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
const renamed: Record<string, string> = { 's3:HeadObject': 's3:GetObject', 's3:HeadBucket': 's3:ListBucket' };

/** The permission that a command needs, as IAM writes it. */
export function permissionOf(service: ServiceName, command: string): string {
  const name = `${prefixes[service]}:${command}`;
  return renamed[name] ?? name;
}

/** Whether a command changes anything: AWS names those that do not Describe, List, Get or Head. */
export function isEffect(command: string): boolean {
  return !/^(Describe|List|Get|Head)/.test(command);
}
