import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RDSClient } from '@aws-sdk/client-rds';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { shapePlugin } from './answer-shape.ts';
import type { AwsOptions, Purpose } from './aws.ts';
import type { Limiters } from './limiter.ts';
import { guardPlugin, holdPlugin, type Stacked } from './middleware.ts';
import { watchPlugin } from './watch-answers.ts';

const makers = {
  rds: (config: Config) => new RDSClient(config),
  cloudWatch: (config: Config) => new CloudWatchClient(config),
  ecs: (config: Config) => new ECSClient(config),
  autoScaling: (config: Config) => new ApplicationAutoScalingClient(config),
  quotas: (config: Config) => new ServiceQuotasClient(config),
  elb: (config: Config) => new ElasticLoadBalancingV2Client(config),
  s3: (config: Config) => new S3Client({ ...config, forcePathStyle: config.endpoint !== undefined }),
  route53: (config: Config) => new Route53Client(config),
  dynamoDb: (config: Config) => new DynamoDBClient(config),
  lambda: (config: Config) => new LambdaClient(config),
  cloudFormation: (config: Config) => new CloudFormationClient(config),
  ec2: (config: Config) => new EC2Client(config),
  iam: (config: Config) => new IAMClient(config),
  ssm: (config: Config) => new SSMClient(config),
  secrets: (config: Config) => new SecretsManagerClient(config),
  sts: (config: Config) => new STSClient(config),
};

export type ServiceName = keyof typeof makers;
type Makers = typeof makers;
type Config = ReturnType<typeof configOf>;

/** One client for each service, Region and purpose, made when first asked for. */
export type ClientCache = { [Name in ServiceName]: (region: string, purpose: Purpose) => ReturnType<Makers[Name]> } & {
  close(): void;
};

type GuardEffect = (region: string, purpose: Purpose) => Promise<void>;

export function cacheClients(options: AwsOptions, limiters: Limiters, guardEffect: GuardEffect): ClientCache {
  const made = new Map<string, { destroy(): void }>();

  function cached<Client extends { destroy(): void }>(service: ServiceName, make: (config: Config) => Client) {
    const own = new Map<string, Client>();
    return (region: string, purpose: Purpose): Client => {
      const key = `${service} ${region} ${purpose}`;
      const client = own.get(key) ?? make(configOf(options, region, purpose));
      if (!own.has(key)) {
        const guard = () => guardEffect(region, purpose);
        const { middlewareStack } = client as unknown as Stacked;
        const { clock, onSend, onWait, onAnswer } = options;
        middlewareStack.use(guardPlugin({ service, region, purpose, limiters, guard, clock, onSend, onWait }));
        middlewareStack.use(shapePlugin);
        if (onAnswer) middlewareStack.use(watchPlugin({ service, region, onAnswer }));
        if (clock.during) middlewareStack.use(holdPlugin(clock.during));
        for (const plugin of options.plugins ?? []) middlewareStack.use(plugin);
        own.set(key, client);
        made.set(key, client);
      }
      return client;
    };
  }

  return {
    rds: cached('rds', makers.rds),
    cloudWatch: cached('cloudWatch', makers.cloudWatch),
    ecs: cached('ecs', makers.ecs),
    autoScaling: cached('autoScaling', makers.autoScaling),
    quotas: cached('quotas', makers.quotas),
    elb: cached('elb', makers.elb),
    s3: cached('s3', makers.s3),
    route53: cached('route53', makers.route53),
    dynamoDb: cached('dynamoDb', makers.dynamoDb),
    lambda: cached('lambda', makers.lambda),
    cloudFormation: cached('cloudFormation', makers.cloudFormation),
    ec2: cached('ec2', makers.ec2),
    iam: cached('iam', makers.iam),
    ssm: cached('ssm', makers.ssm),
    secrets: cached('secrets', makers.secrets),
    sts: cached('sts', makers.sts),
    close: () => {
      for (const client of made.values()) client.destroy();
      made.clear();
    },
  };
}

/** A plan is there within seconds, so it waits less and asks less often than a run. */
const patience = {
  plan: { maxAttempts: 2, requestTimeout: 4_000 },
  run: { maxAttempts: 3, requestTimeout: 5_000 },
} as const;

function configOf({ endpoint, credentials }: AwsOptions, region: string, purpose: Purpose) {
  const { maxAttempts, requestTimeout } = patience[purpose];
  return {
    region,
    maxAttempts,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 2_000, requestTimeout, throwOnRequestTimeout: true }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials: credentials(purpose) }),
  };
}
