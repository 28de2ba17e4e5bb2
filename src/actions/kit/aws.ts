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
import { readingOnce } from './ask-once.ts';
import { type ClientCache, cacheClients, type ServiceName } from './clients.ts';
import type { Chance } from './ease-off.ts';
import type { Fault } from './fault.ts';
import { createLimiters, type Limiters } from './limiter.ts';
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
  /** For the jitter of pauses; without it they have none. */
  chance?: Chance;
  /** Told of every request that is sent. */
  onSend?: (sent: SentCommand) => void;
  /** Told how each command ended, the SDK's own retries included. */
  onAnswer?: (answer: Answered) => void;
  /** Told how many seconds each request waited for its turn under the limit of its service. */
  onWait?: (service: ServiceName, seconds: number) => void;
}

export type AwsPlugin = Pluggable<object, MetadataBearer>;

export interface SentCommand {
  service: ServiceName;
  /** As IAM writes it: `rds:PromoteReadReplica`. */
  permission: string;
  region: string;
  purpose: Purpose;
}

export interface Answered {
  service: ServiceName;
  region: string;
  /** Why AWS gave no answer; null when it did, be it a refusal of what was asked. */
  trouble: Fault | null;
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
  const limiters = createLimiters(options.clock, options.chance);
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

  return { session: (ctx) => sessionOf(clients, limiters, ctx), identity, close: () => clients.close() };
}

const globalRegion = 'us-east-1';

function sessionOf(
  clients: ClientCache,
  limiters: Limiters,
  { signal, purpose }: Pick<StepContext, 'signal' | 'purpose'>,
): AwsSession {
  function session<Name extends ServiceName>(service: Name, region: string) {
    const client = clients[service](region, purpose) as ReturnType<ClientCache[Name]>;
    const isThrottled = (command: object): boolean =>
      limiters({ service, region, purpose, command: command.constructor.name.replace(/Command$/, '') }).isThrottled();
    const heeding = heed(client, signal, isThrottled);
    return purpose === 'plan' ? readingOnce(heeding, signal, `${service} ${region}`) : heeding;
  }
  return {
    rds: (region) => session('rds', region),
    cloudWatch: (region) => session('cloudWatch', region),
    ecs: (region) => session('ecs', region),
    autoScaling: (region) => session('autoScaling', region),
    quotas: (region) => session('quotas', region),
    elb: (region) => session('elb', region),
    s3: (region) => session('s3', region),
    dynamoDb: (region) => session('dynamoDb', region),
    lambda: (region) => session('lambda', region),
    cloudFormation: (region) => session('cloudFormation', region),
    ec2: (region) => session('ec2', region),
    ssm: (region) => session('ssm', region),
    secrets: (region) => session('secrets', region),
    iam: () => session('iam', globalRegion),
    route53: () => session('route53', globalRegion),
  };
}
