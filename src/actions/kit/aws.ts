import type { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { RDSClient } from '@aws-sdk/client-rds';
import type { Route53Client } from '@aws-sdk/client-route-53';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, MetadataBearer, Pluggable } from '@smithy/types';
import type { StepContext } from '../../domain/action.ts';
import type { Clock } from '../../domain/ports/clock.ts';
import { type ClientCache, cacheClients, type ServiceName } from './clients.ts';
import { createLimiters } from './limiter.ts';
import { heed } from './signal.ts';

export type Purpose = StepContext['purpose'];

export interface AwsOptions {
  /** SDK middleware put on every client: the simulated cloud is one. */
  plugins?: readonly AwsPlugin[];
  /** Another base URL than AWS's own, such as a stand-in's. */
  endpoint?: string;
  /** Without it, the SDK's own chain. */
  credentials?: (purpose: Purpose) => AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** The account that effects may touch: asserted by GetCallerIdentity before each. */
  account?: string;
  /** Called last before each attempt at an effect; what it throws stops the effect: the lease is lost. */
  beforeEffect: () => Promise<void>;
  clock: Clock;
  /** Told of every request that is sent. */
  onSend?: (sent: SentCommand) => void;
}

export type AwsPlugin = Pluggable<object, MetadataBearer>;

export interface SentCommand {
  service: ServiceName;
  /** As IAM writes it: `rds:PromoteReadReplica`. */
  permission: string;
  region: string;
  purpose: Purpose;
}

/** AWS as actions see it: clients that heed the step's signal, with the step's permissions. */
export interface AwsSession {
  rds(region: string): Pick<RDSClient, 'send'>;
  cloudWatch(region: string): Pick<CloudWatchClient, 'send'>;
  ecs(region: string): Pick<ECSClient, 'send'>;
  autoScaling(region: string): Pick<ApplicationAutoScalingClient, 'send'>;
  quotas(region: string): Pick<ServiceQuotasClient, 'send'>;
  elb(region: string): Pick<ElasticLoadBalancingV2Client, 'send'>;
  s3(region: string): Pick<S3Client, 'send'>;
  dynamoDb(region: string): Pick<DynamoDBClient, 'send'>;
  lambda(region: string): Pick<LambdaClient, 'send'>;
  cloudFormation(region: string): Pick<CloudFormationClient, 'send'>;
  ec2(region: string): Pick<EC2Client, 'send'>;
  ssm(region: string): Pick<SSMClient, 'send'>;
  secrets(region: string): Pick<SecretsManagerClient, 'send'>;
  /** IAM's control plane, which is in us-east-1 for every Region. */
  iam(): Pick<IAMClient, 'send'>;
  /** Route 53's control plane, wherever the records lead. */
  route53(): Pick<Route53Client, 'send'>;
}

export interface Aws {
  session(ctx: Pick<StepContext, 'signal' | 'purpose'>): AwsSession;
  /** Whose credentials these are, asked of the Region's own STS. */
  identity(region: string, purpose: Purpose): Promise<{ account: string; arn: string }>;
  close(): void;
}

export function createAws(options: AwsOptions): Aws {
  const limiters = createLimiters(options.clock);
  const clients: ClientCache = cacheClients(options, limiters, guardEffect);

  async function identity(region: string, purpose: Purpose): Promise<{ account: string; arn: string }> {
    const { Account: account, Arn: arn } = await clients.sts(region, purpose).send(new GetCallerIdentityCommand({}));
    if (!account || !arn) throw new Error(`STS in ${region} did not say whose credentials these are.`);
    return { account, arn };
  }

  async function guardEffect(region: string, purpose: Purpose): Promise<void> {
    if (options.account !== undefined) {
      const { account } = await identity(region, purpose);
      if (account !== options.account) {
        throw new Error(`These credentials are for account ${account}, expected ${options.account}: nothing was sent.`);
      }
    }
    await options.beforeEffect();
  }

  return { session: (ctx) => sessionOf(clients, ctx), identity, close: () => clients.close() };
}

const globalRegion = 'us-east-1';

function sessionOf(clients: ClientCache, { signal, purpose }: Pick<StepContext, 'signal' | 'purpose'>): AwsSession {
  return {
    rds: (region) => heed(clients.rds(region, purpose), signal),
    cloudWatch: (region) => heed(clients.cloudWatch(region, purpose), signal),
    ecs: (region) => heed(clients.ecs(region, purpose), signal),
    autoScaling: (region) => heed(clients.autoScaling(region, purpose), signal),
    quotas: (region) => heed(clients.quotas(region, purpose), signal),
    elb: (region) => heed(clients.elb(region, purpose), signal),
    s3: (region) => heed(clients.s3(region, purpose), signal),
    dynamoDb: (region) => heed(clients.dynamoDb(region, purpose), signal),
    lambda: (region) => heed(clients.lambda(region, purpose), signal),
    cloudFormation: (region) => heed(clients.cloudFormation(region, purpose), signal),
    ec2: (region) => heed(clients.ec2(region, purpose), signal),
    ssm: (region) => heed(clients.ssm(region, purpose), signal),
    secrets: (region) => heed(clients.secrets(region, purpose), signal),
    iam: () => heed(clients.iam(globalRegion, purpose), signal),
    route53: () => heed(clients.route53(globalRegion, purpose), signal),
  };
}
