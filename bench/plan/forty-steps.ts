import { Command, type Step } from '../../src/domain/command.ts';

const [east, west] = ['us-east-1', 'us-west-2'] as const;
const records = { east: 'api.dr.example.com', flights: 'api.flightdata.example' };

/** What each step uses and with what: the resources of the three examples, as if one team kept them all. */
const uses: [action: string, input: Step['with']][] = [
  ['rds.check-replica', { region: west, instance: 'dr-database', max_lag: '15m' }],
  ['rds.check-backups', { region: east, instance: 'prod-database', retention_days: 7, max_age: '15m' }],
  ['rds.check-backups', { region: west, instance: 'contractorlens-db', retention_days: 7, max_age: '15m' }],
  ['rds.create-snapshot', { region: west, instance: 'contractorlens-db' }],
  ['rds.select-snapshot', { region: west, instance: 'contractorlens-db', max_age: '1d' }],
  ['rds.select-snapshot', { region: east, instance: 'contractorlens-db', max_age: '1d', kind: 'copied' }],
  ['rds.restore-to-time', { region: west, instance: 'contractorlens-db', time: 'latest' }],
  ['rds.fence', { region: west, instance: 'contractorlens-db', security_groups: ['sg-0c10dbfence'] }],
  ['rds.promote-read-replica', { region: west, instance: 'dr-database' }],
  ['rds.swap-identifier', { region: west, instance: 'contractorlens-db', replacement: 'contractorlens-db-restored' }],
  ['ecs.scale-service', { region: east, cluster: 'prod-cluster', service: 'app-service', count: 0 }],
  ['ecs.scale-service', { region: west, cluster: 'dr-cluster', service: 'app-service', count: 10 }],
  ['ecs.scale-service', { region: west, cluster: 'contractorlens', service: 'contractorlens', count: 4 }],
  ['ecs.scale-service', { region: east, cluster: 'contractorlens', service: 'contractorlens', count: 2 }],
  ['ecs.check-service', { region: west, cluster: 'contractorlens', service: 'contractorlens' }],
  ['ecs.deploy', { region: west, cluster: 'contractorlens', service: 'contractorlens', force: true }],
  ['ecs.roll-back', { region: west, cluster: 'contractorlens', service: 'contractorlens' }],
  ['elb.check-targets', { region: east, target_group: 'prod-tg', minimum: 4 }],
  ['elb.check-targets', { region: west, target_group: 'dr-tg', minimum: 1 }],
  ['dynamodb.create-backup', { region: east, table: 'flightdata-main' }],
  ['dynamodb.create-backup', { region: east, table: 'flightdata-config' }],
  ['dynamodb.ensure-pitr', { region: east, table: 'flightdata-config' }],
  ['dynamodb.select-backup', { region: east, table: 'flightdata-main', max_age: '1d' }],
  ['dynamodb.select-backup', { region: east, table: 'flightdata-metrics', max_age: '1d' }],
  ['dynamodb.restore-to-time', { region: east, table: 'flightdata-main', time: 'latest' }],
  ['dynamodb.restore-to-time', { region: east, table: 'flightdata-metrics', time: 'latest' }],
  ['lambda.set-concurrency', { region: east, function: 'flightdata-processor', reserved: 0 }],
  ['lambda.toggle-event-source', { region: east, function: 'flightdata-processor', enabled: false }],
  ['s3.check-bucket', { region: west, bucket: 'flightdata-raw-backup-us-west-2' }],
  ['s3.ensure-versioning', { region: east, bucket: 'flightdata-analytics' }],
  ['s3.ensure-bucket', { region: west, bucket: 'flightdata-backups-us-west-2' }],
  ['ssm.set-parameter', { region: east, name: '/flightdata/tables/main', value: 'flightdata-main-restored' }],
  ['ssm.check-parameters', { region: west, primary: east, path: '/flightdata/tables' }],
  ['cloudformation.deploy-stack', { region: west, stack: 'flightdata-pipeline', parameters: { InstanceCount: 3 } }],
  ['ec2.lock-down-group', { region: west, group: 'sg-0c10app' }],
  ['ec2.snapshot-evidence', { region: west, instance: 'i-0c10ba5e00000001' }],
  ['iam.disable-access-key', { user: 'contractorlens-deploy', access_key: 'AKIACONTRACTORLENS1' }],
  ['sql.assert', { connection: 'env:ACME_DB_US_EAST_1', query: 'select 1 as one', expect: { one: 1 } }],
  [
    'route53.switch-standby',
    {
      region: west,
      bucket: 'acme-dr-switch-us-west-2',
      key: 'serve-from-us-west-2',
      present: true,
      name: records.east,
      target: 'dr-alb.us-west-2.elb.amazonaws.com',
      to: west,
    },
  ],
  ['http.check', { url: `https://${records.flights}/health` }],
];

/** The services of one cluster that the second command scales; they are in no example. */
export const manyServices = Array.from({ length: 40 }, (_, place) => `service-${place + 1}`);

/** Forty steps that wait for nothing, so that each is planned from what can be read. */
export const commands: Record<string, Command> = {
  'forty actions on three systems': commandOf(uses),
  'forty services of one cluster': commandOf(
    manyServices.map((service) => ['ecs.scale-service', { region: west, cluster: 'dr-cluster', service, count: 8 }]),
  ),
};

function commandOf(steps: typeof uses): Command {
  return Command.parse({
    name: 'forty-steps',
    title: 'Forty steps',
    confirm: 'FORTY',
    steps: steps.map(([action, input], place) => ({ id: `step_${place + 1}`, uses: action, needs: [], with: input })),
  });
}
