import type { StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { EstateInput } from '../../src/sim/index.ts';
import { cloudFormationCases } from './cases/cloudformation.ts';
import { dynamoDbCases } from './cases/dynamodb.ts';
import { ecsCases } from './cases/ecs.ts';
import { lambdaCases } from './cases/lambda.ts';
import { rdsCases } from './cases/rds.ts';
import { backupCases } from './cases/rds-backups.ts';
import { s3Cases } from './cases/s3.ts';
import { scriptCases } from './cases/script.ts';
import { securityCases } from './cases/security.ts';

export interface Case {
  action: string;
  input: JsonObject;
  /** A Region whose darkness leaves this action without an answer. */
  depends: string;
  /** What nobody may mean, and the field that its refusal names. */
  bad: { input: JsonObject; names: string };
  /** The cloud it is tried on; the example company's if absent. */
  estate?: () => EstateInput;
  /** What this step's surroundings have of their own. */
  ctx?: Partial<StepContext>;
  /** The cloud is so as soon as it has answered: nothing is waited for. */
  instant?: true;
  /** Permissions for which this input makes no call: AWS asks for them besides, or only putting back needs them. */
  uncalled?: readonly string[];
  /** Whenever it is planned it would do it again: a force of what is there. */
  again?: true;
  /** It only adds something, which undo leaves: there is nothing to put back. */
  keeps?: true;
}

/** A family's cases: what changes something, what waits for something to be so, and the rest. */
export interface Cases {
  effects?: readonly Case[];
  readings?: readonly Case[];
  others?: readonly Case[];
}

const service = { region: 'us-west-2', cluster: 'dr-cluster', service: 'app-service' };
const replica = { region: 'us-west-2', instance: 'dr-database' };
const standby = {
  region: 'us-west-2',
  bucket: 'acme-dr-switch-us-west-2',
  key: 'serve-from-us-west-2',
  name: 'api.dr.example.com',
  target: 'dr-alb.us-west-2.elb.amazonaws.com',
  to: 'us-west-2',
};
const record = { zone_id: 'Z0ACME', name: 'www.dr.example.com', type: 'A' };
const alias = {
  dns_name: 'dr-alb.us-west-2.elb.amazonaws.com',
  zone_id: 'Z1H1FL5HABSF5',
  evaluate_target_health: false,
};

const families: readonly Cases[] = [
  rdsCases,
  backupCases,
  ecsCases,
  dynamoDbCases,
  lambdaCases,
  s3Cases,
  cloudFormationCases,
  securityCases,
  scriptCases,
];

export const effects: readonly Case[] = [
  ...families.flatMap((family) => family.effects ?? []),
  {
    action: 'ecs.scale-service',
    input: { ...service, count: 4 },
    depends: 'us-west-2',
    bad: { input: { ...service, count: 'banana' }, names: 'count' },
  },
  {
    action: 'ecs.scale-service',
    input: { region: 'us-east-1', cluster: 'prod-cluster', service: 'app-service', count: 0 },
    depends: 'us-east-1',
    bad: { input: { ...service, cuont: 4 }, names: 'count' },
  },
  {
    action: 'rds.promote-read-replica',
    input: { ...replica, backup_retention_days: 7 },
    depends: 'us-west-2',
    bad: { input: { ...replica, backup_retention_days: 0 }, names: 'backup_retention_days' },
  },
  {
    action: 'route53.switch-standby',
    input: { ...standby, present: true },
    depends: 'us-west-2',
    bad: { input: { ...standby, present: 'yes' }, names: 'present' },
  },
  {
    action: 'route53.upsert-record',
    input: { ...record, alias, to: 'us-west-2' },
    depends: 'us-east-1',
    bad: { input: { ...record, values: ['192.0.2.1'] }, names: 'ttl' },
  },
];

export const readings: readonly Case[] = [
  ...families.flatMap((family) => family.readings ?? []),
  {
    action: 'rds.check-replica',
    input: { ...replica, max_lag: '15m' },
    depends: 'us-west-2',
    bad: { input: { ...replica, max_lag: '15 minutes' }, names: 'max_lag' },
  },
  {
    action: 'elb.check-targets',
    input: { region: 'us-west-2', target_group: 'dr-tg', minimum: 1 },
    depends: 'us-west-2',
    bad: { input: { region: 'us-west-2', target_group: 'dr-tg', minimum: 0 }, names: 'minimum' },
  },
  {
    action: 'sql.assert',
    input: { connection: 'env:ACME_DB_US_WEST_2', query: 'select 1 as one', expect: { one: 1 } },
    depends: 'us-west-2',
    bad: {
      input: { connection: 'postgres://app:hunter2@db/app', query: 'select 1 as one', expect: { one: 1 } },
      names: 'connection',
    },
  },
  {
    action: 'cloudwatch.check-metric',
    input: {
      region: 'us-west-2',
      namespace: 'AWS/RDS',
      metric: 'ReplicaLag',
      dimensions: { DBInstanceIdentifier: 'dr-database' },
      statistic: 'Maximum',
      comparison: 'at most',
      threshold: 900,
    },
    depends: 'us-west-2',
    bad: {
      input: {
        region: 'us-west-2',
        namespace: 'A',
        metric: 'B',
        statistic: 'Maximum',
        comparison: 'at most',
        threshold: 1,
        period: '30s',
      },
      names: 'period',
    },
  },
];

/** An address that answers only where its Region does, and a question to a person. */
export const others: readonly Case[] = [
  ...families.flatMap((family) => family.others ?? []),
  {
    action: 'http.check',
    input: { url: 'https://api.dr.example.com/health' },
    depends: 'us-east-1',
    bad: { input: { url: 'ftp://api.dr.example.com' }, names: 'url' },
  },
  {
    action: 'manual.checkpoint',
    input: { instructions: 'Look at the dashboard.' },
    depends: 'us-east-1',
    bad: { input: { instructions: '' }, names: 'instructions' },
  },
  {
    action: 'manual.checklist',
    input: { items: [{ id: 'login', text: 'People can sign in', owner: 'responders', due: '30m' }] },
    depends: 'us-east-1',
    bad: { input: { items: [{ id: 'Login', text: 'People can sign in' }] }, names: 'items' },
  },
];
