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
  acmeEstate,
  createWorld,
  type Send,
  simulatedCredentials,
  simulatedPlugin,
  simulatedProbes,
  type World,
} from '../../src/sim/index.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

export const minutes = 60_000;
export const seconds = 1_000;
export const east = 'us-east-1';
export const west = 'us-west-2';

/** Real SDK clients of one Region whose calls end in a world. */
export function clientsOf(send: Send, region: string, maxAttempts = 3) {
  const options = { region, credentials: simulatedCredentials, maxAttempts };
  const clients = {
    rds: new RDSClient(options),
    ecs: new ECSClient(options),
    scaling: new ApplicationAutoScalingClient(options),
    elb: new ElasticLoadBalancingV2Client(options),
    route53: new Route53Client(options),
    s3: new S3Client(options),
    cloudwatch: new CloudWatchClient(options),
    quotas: new ServiceQuotasClient(options),
    sts: new STSClient(options),
  };
  const plugin = simulatedPlugin(send);
  for (const client of Object.values(clients)) client.middlewareStack.use(plugin);
  return clients;
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
  const world = createWorld({ clock, estate: acmeEstate() });
  return {
    clock,
    world,
    east: clientsOf(world.call, east),
    west: clientsOf(world.call, west),
    probes: simulatedProbes(world.call),
    pass: (ms) => clock.advance(ms),
  };
}
