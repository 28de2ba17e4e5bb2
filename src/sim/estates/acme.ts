import { Estate } from '../world/estate.ts';

const account = '123456789012';
const primary = 'us-east-1';
const recovery = 'us-west-2';
const primaryTargets = `arn:aws:elasticloadbalancing:${primary}:${account}:targetgroup/prod-tg/1111111111111111`;
const recoveryTargets = `arn:aws:elasticloadbalancing:${recovery}:${account}:targetgroup/dr-tg/2222222222222222`;
const primaryAlb = 'prod-alb.us-east-1.elb.amazonaws.com';
const recoveryAlb = 'dr-alb.us-west-2.elb.amazonaws.com';
const switchCheck = '5a1e0000-0000-4000-8000-00000000acme';

/** The example company: a primary Region, a pilot light in another, and a switch that the standby side holds. */
export function acmeEstate(): Estate {
  return Estate.parse({
    account,
    regions: [primary, recovery],
    databases: databases(),
    connections: {
      'env:ACME_DB_US_EAST_1': { region: primary, id: 'prod-database' },
      'env:ACME_DB_US_WEST_2': { region: recovery, id: 'dr-database' },
    },
    services: services(),
    targetGroups: [
      { region: primary, arn: primaryTargets, name: 'prod-tg', drainMs: 30_000 },
      { region: recovery, arn: recoveryTargets, name: 'dr-tg', drainMs: 30_000 },
    ],
    balancers: balancers(),
    zones: [{ id: 'Z0ACME', name: 'dr.example.com', records: records() }],
    healthChecks: [
      {
        id: switchCheck,
        region: recovery,
        bucket: 'acme-dr-switch-us-west-2',
        key: 'serve-from-us-west-2',
        inverted: true,
      },
    ],
    buckets: [{ region: recovery, name: 'acme-dr-switch-us-west-2' }],
    quotas: [primary, recovery].map((region) => ({
      region,
      service: 'fargate',
      code: 'L-3032A538',
      name: 'Fargate On-Demand vCPU resource count',
      value: 100,
    })),
  });
}

function databases() {
  const common = { label: 'c1a2b3', instanceClass: 'db.r6g.large', storageGb: 200 };
  const tables = { orders: 1_204_331, customers: 88_210 };
  return [
    { ...common, tables, region: primary, id: 'prod-database', backupRetentionDays: 7 },
    {
      ...common,
      tables,
      region: recovery,
      id: 'dr-database',
      backupRetentionDays: 1,
      replicaOf: { region: primary, id: 'prod-database' },
    },
  ];
}

function services() {
  const common = { name: 'app-service', taskDefinition: 'app:7', cpu: 1024, memory: 2048, max: 20 };
  return [
    {
      ...common,
      region: primary,
      cluster: 'prod-cluster',
      desired: 10,
      min: 4,
      targetGroup: primaryTargets,
      database: 'prod-database',
    },
    {
      ...common,
      region: recovery,
      cluster: 'dr-cluster',
      desired: 1,
      min: 1,
      targetGroup: recoveryTargets,
      database: 'dr-database',
    },
  ];
}

function balancers() {
  const arn = (region: string, name: string, id: string): string =>
    `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/${name}/${id}`;
  return [
    {
      region: primary,
      name: 'prod-alb',
      arn: arn(primary, 'prod-alb', '3333333333333333'),
      dnsName: primaryAlb,
      zoneId: 'Z35SXDOTRQ7X7K',
      addresses: ['203.0.113.10', '203.0.113.11'],
      targetGroups: [primaryTargets],
    },
    {
      region: recovery,
      name: 'dr-alb',
      arn: arn(recovery, 'dr-alb', '4444444444444444'),
      dnsName: recoveryAlb,
      zoneId: 'Z1H1FL5HABSF5',
      addresses: ['198.51.100.20', '198.51.100.21'],
      targetGroups: [recoveryTargets],
    },
  ];
}

/** Neither side evaluates its targets: traffic moves only when a person throws the switch, and stays there. */
function records() {
  const alias = (DNSName: string, HostedZoneId: string) => ({ DNSName, HostedZoneId, EvaluateTargetHealth: false });
  const name = { Name: 'api.dr.example.com', Type: 'A' };
  return [
    {
      ...name,
      SetIdentifier: 'primary',
      Failover: 'PRIMARY' as const,
      HealthCheckId: switchCheck,
      AliasTarget: alias(primaryAlb, 'Z35SXDOTRQ7X7K'),
    },
    {
      ...name,
      SetIdentifier: 'secondary',
      Failover: 'SECONDARY' as const,
      AliasTarget: alias(recoveryAlb, 'Z1H1FL5HABSF5'),
    },
  ];
}
