import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDSClient } from '@aws-sdk/client-rds';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { STSClient } from '@aws-sdk/client-sts';
import {
  createWorld,
  type Send,
  simulatedCredentials,
  simulatedPlugin,
  simulatedProbes,
  type World,
} from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

interface Stacked {
  middlewareStack: { use(plugin: ReturnType<typeof simulatedPlugin>): void };
}

export const minutes = 60_000;
export const seconds = 1_000;
export const east = 'us-east-1';
export const west = 'us-west-2';

/** Real SDK clients of one Region whose calls end in a world. */
export function clientsOf(send: Send, region: string, maxAttempts = 3) {
  const options = { region, credentials: simulatedCredentials, maxAttempts };
  const plug = <Client extends object>(client: Client): Client => {
    (client as unknown as Stacked).middlewareStack.use(simulatedPlugin(send));
    return client;
  };
  return {
    rds: plug(new RDSClient(options)),
    ecs: plug(new ECSClient(options)),
    scaling: plug(new ApplicationAutoScalingClient(options)),
    elb: plug(new ElasticLoadBalancingV2Client(options)),
    route53: plug(new Route53Client(options)),
    s3: plug(new S3Client(options)),
    cloudwatch: plug(new CloudWatchClient(options)),
    quotas: plug(new ServiceQuotasClient(options)),
    sts: plug(new STSClient(options)),
  };
}

export function createCloud(): {
  clock: ManualClock;
  world: World;
  east: ReturnType<typeof clientsOf>;
  west: ReturnType<typeof clientsOf>;
  probes: ReturnType<typeof simulatedProbes>;
  pass(ms: number): Promise<void>;
} {
  const clock = createManualClock();
  const world = createWorld({ clock, estate: exampleCloud('acme') });
  return {
    clock,
    world,
    east: clientsOf(world.call, east),
    west: clientsOf(world.call, west),
    probes: simulatedProbes(world.call),
    pass: (ms) => clock.advance(ms),
  };
}
