import { z } from 'zod';
import { CloudFormationEstate } from './cloudformation/estate.ts';
import { DynamoDbEstate } from './dynamodb/estate.ts';
import { Ec2Estate } from './ec2/estate.ts';
import { CircuitBreakerSpec, TaskDefinitionSpec } from './ecs/estate.ts';
import { IamEstate } from './iam/estate.ts';
import { LambdaEstate } from './lambda/estate.ts';
import { ProgramsEstate } from './programs/estate.ts';
import { RdsEstate } from './rds/estate.ts';
import { BucketSpec } from './s3/estate.ts';
import { SecretsEstate } from './secrets/estate.ts';
import { SsmEstate } from './ssm/estate.ts';
import { Timings } from './timings.ts';

const tally = z.number().int().min(0);

const DatabaseSpec = z.strictObject({
  region: z.string(),
  id: z.string(),
  /** The account's own label in the Region's endpoints: `c1a2b3`. */
  label: z.string(),
  instanceClass: z.string(),
  storageGb: tally,
  backupRetentionDays: tally,
  /** A group that is not modelled admits everybody; one like that if absent. */
  securityGroups: z.array(z.string()).optional(),
  /** The Region's defaults if absent. */
  subnetGroup: z.string().optional(),
  parameterGroup: z.string().optional(),
  replicaOf: z.strictObject({ region: z.string(), id: z.string() }).optional(),
  /** Of its master user; while it is absent any password is let in. */
  password: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  /** Tables that simulated SQL can count, with their rows. */
  tables: z.record(z.string(), tally),
});

const ServiceSpec = z.strictObject({
  region: z.string(),
  cluster: z.string(),
  name: z.string(),
  taskDefinition: z.string().regex(/^[\w-]+:\d+$/, 'expected family:revision such as app:7'),
  /** CPU units of one task; 1024 is a vCPU. */
  cpu: tally,
  memory: tally,
  desired: tally,
  min: tally,
  max: tally,
  targetGroup: z.string().describe('Target group ARN in the same Region.'),
  /** Identifier, in the same Region, of the database that its tasks write to. */
  database: z.string(),
  circuitBreaker: CircuitBreakerSpec.optional(),
});

const BalancerSpec = z.strictObject({
  region: z.string(),
  name: z.string(),
  arn: z.string(),
  dnsName: z.string(),
  zoneId: z.string().describe("The Region's own hosted zone for load balancers."),
  addresses: z.array(z.string()).min(1),
  targetGroups: z.array(z.string()).default([]),
  /** Of an API gateway's domain: the function that answers, and the parameter by which it finds its table. */
  serves: z.strictObject({ function: z.string(), tableParameter: z.string() }).optional(),
});

export const RecordSet = z.strictObject({
  Name: z.string(),
  Type: z.string(),
  SetIdentifier: z.string().optional(),
  Weight: tally.optional(),
  Failover: z.enum(['PRIMARY', 'SECONDARY']).optional(),
  Region: z.string().optional(),
  MultiValueAnswer: z.boolean().optional(),
  TTL: tally.optional(),
  ResourceRecords: z.array(z.strictObject({ Value: z.string() })).optional(),
  AliasTarget: z
    .strictObject({ HostedZoneId: z.string(), DNSName: z.string(), EvaluateTargetHealth: z.boolean() })
    .optional(),
  HealthCheckId: z.string().optional(),
});
export type RecordSet = z.infer<typeof RecordSet>;

/** A health check that watches an object: healthy while it is there, or, inverted, while it is not. */
const HealthCheckSpec = z.strictObject({
  id: z.string(),
  region: z.string(),
  bucket: z.string(),
  key: z.string(),
  inverted: z.boolean(),
});

/** What a simulated cloud begins with: plain JSON, read-only after the world is made. */
export const Estate = z.strictObject({
  account: z.string(),
  regions: z.array(z.string()).min(1),
  databases: z.array(DatabaseSpec).default([]),
  /** Databases by the reference under which Muster knows their connection. */
  connections: z.record(z.string(), z.strictObject({ region: z.string(), id: z.string() })).default({}),
  services: z.array(ServiceSpec).default([]),
  taskDefinitions: z.array(TaskDefinitionSpec).default([]),
  targetGroups: z
    .array(z.strictObject({ region: z.string(), arn: z.string(), name: z.string(), drainMs: tally }))
    .default([]),
  balancers: z.array(BalancerSpec).default([]),
  zones: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        records: z.array(RecordSet),
        /** Names that only tests ask: nobody is shown to be led by them. */
        unvisited: z.array(z.string()).optional(),
      }),
    )
    .default([]),
  healthChecks: z.array(HealthCheckSpec).default([]),
  buckets: z.array(BucketSpec).default([]),
  quotas: z
    .array(
      z.strictObject({
        region: z.string(),
        service: z.string(),
        code: z.string(),
        name: z.string(),
        value: z.number(),
      }),
    )
    .default([]),
  rds: RdsEstate.prefault({}),
  dynamoDb: DynamoDbEstate.prefault({}),
  lambda: LambdaEstate.prefault({}),
  cloudFormation: CloudFormationEstate.prefault({}),
  programs: ProgramsEstate.prefault({}),
  ec2: Ec2Estate.prefault({}),
  iam: IamEstate.prefault({}),
  ssm: SsmEstate.prefault({}),
  secrets: SecretsEstate.prefault({}),
  timings: Timings.prefault({}),
});
export type Estate = z.infer<typeof Estate>;
export type EstateInput = z.input<typeof Estate>;
