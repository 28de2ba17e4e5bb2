import { RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateClusterCommand, CreateServiceCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import {
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateDBInstanceCommand, CreateDBInstanceReadReplicaCommand } from '@aws-sdk/client-rds';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { type Clients, createClients, readNetwork } from './estate-clients.ts';
import { buildDns, type Dns } from './estate-dns.ts';

export const primary = 'us-east-1';
export const recovery = 'us-west-2';

/** One Region's half of the shop. */
interface Site {
  targetGroup: string;
  loadBalancer: { arn: string; dns: string };
}

export interface Estate {
  sites: Record<typeof primary | typeof recovery, Site>;
  dns: Dns;
  bucket: string;
}

/** Builds the Acme shop in a fresh moto_server: a busy primary Region, and a standby that follows it. */
export async function buildEstate(endpoint: string): Promise<Estate> {
  const east = createClients(endpoint, primary);
  const west = createClients(endpoint, recovery);
  await buildDatabases(east, west);
  const sites = {
    [primary]: await buildSite(endpoint, east, primary, 'prod', 10),
    [recovery]: await buildSite(endpoint, west, recovery, 'dr', 2),
  };
  const bucket = `acme-dr-switch-${recovery}`;
  await west.s3.send(
    new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: recovery } }),
  );
  const dns = await buildDns(east.route53, bucket, sites[primary].loadBalancer.dns, sites[recovery].loadBalancer.dns);
  await reportLag(endpoint, 3);
  return { sites, dns, bucket };
}

/** Puts a ReplicaLag reading of `seconds` into the replica's Region, for each of the last five minutes. */
export async function reportLag(endpoint: string, seconds: number): Promise<void> {
  const { cloudwatch } = createClients(endpoint, recovery);
  const at = (minutes: number): Date => new Date(Date.now() - minutes * 60_000 - 5_000);
  const MetricData = [0, 1, 2, 3, 4].map((minutes) => ({
    MetricName: 'ReplicaLag',
    Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'dr-database' }],
    Timestamp: at(minutes),
    Value: seconds,
    Unit: 'Seconds' as const,
  }));
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'AWS/RDS', MetricData }));
}

async function buildDatabases(east: Clients, west: Clients): Promise<void> {
  await east.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'prod-database',
      Engine: 'postgres',
      DBInstanceClass: 'db.r5.large',
      AllocatedStorage: 100,
      MasterUsername: 'app',
      MasterUserPassword: 'only-in-moto',
      BackupRetentionPeriod: 7,
    }),
  );
  await west.rds.send(
    new CreateDBInstanceReadReplicaCommand({
      DBInstanceIdentifier: 'dr-database',
      SourceDBInstanceIdentifier: `arn:aws:rds:${primary}:123456789012:db:prod-database`,
    }),
  );
}

async function buildSite(
  endpoint: string,
  clients: Clients,
  region: string,
  prefix: string,
  tasks: number,
): Promise<Site> {
  const network = await readNetwork(endpoint, region);
  const site = await buildLoadBalancer(clients, prefix, network);
  await buildService(clients, prefix, tasks, network, site.targetGroup);
  return site;
}

type Network = Awaited<ReturnType<typeof readNetwork>>;

async function buildLoadBalancer(clients: Clients, prefix: string, network: Network): Promise<Site> {
  const groups = await clients.elb.send(
    new CreateTargetGroupCommand({
      Name: `${prefix}-tg`,
      Protocol: 'HTTP',
      Port: 80,
      VpcId: network.vpc,
      TargetType: 'ip',
    }),
  );
  const targetGroup = groups.TargetGroups?.[0]?.TargetGroupArn ?? '';
  await clients.elb.send(
    new RegisterTargetsCommand({ TargetGroupArn: targetGroup, Targets: [{ Id: '10.0.0.1' }, { Id: '10.0.0.2' }] }),
  );
  const balancers = await clients.elb.send(
    new CreateLoadBalancerCommand({ Name: `${prefix}-alb`, Subnets: network.subnets }),
  );
  const balancer = balancers.LoadBalancers?.[0];
  return { targetGroup, loadBalancer: { arn: balancer?.LoadBalancerArn ?? '', dns: balancer?.DNSName ?? '' } };
}

async function buildService(
  clients: Clients,
  prefix: string,
  tasks: number,
  network: Network,
  targetGroup: string,
): Promise<void> {
  const cluster = `${prefix}-cluster`;
  await clients.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  await clients.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'app',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'app', image: 'example/app:v1', essential: true, memory: 512 }],
    }),
  );
  await clients.ecs.send(
    new CreateServiceCommand({
      cluster,
      serviceName: 'app-service',
      taskDefinition: 'app:1',
      desiredCount: tasks,
      launchType: 'FARGATE',
      loadBalancers: [{ targetGroupArn: targetGroup, containerName: 'app', containerPort: 80 }],
      networkConfiguration: { awsvpcConfiguration: { subnets: network.subnets, securityGroups: [network.group] } },
    }),
  );
  await clients.scaling.send(
    new RegisterScalableTargetCommand({
      ServiceNamespace: 'ecs',
      ResourceId: `service/${cluster}/app-service`,
      ScalableDimension: 'ecs:service:DesiredCount',
      MinCapacity: 1,
      MaxCapacity: 20,
    }),
  );
}
