import { type CloudWatchClient, GetMetricDataCommand, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { PromoteReadReplicaCommand } from '@aws-sdk/client-rds';
import { describe, expect, it } from '@jest/globals';
import { createCloud, minutes, seconds } from './cloud.ts';

const asked = { timeoutMs: 5_000 };
const dr = 'env:ACME_DB_US_WEST_2';
const prod = 'env:ACME_DB_US_EAST_1';

/** Maxima of ReplicaLag by minute, newest first, over the last `forMs`. */
async function lag(cloudwatch: CloudWatchClient, now: Date, forMs: number): Promise<number[]> {
  const Metric = {
    Namespace: 'AWS/RDS',
    MetricName: 'ReplicaLag',
    Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'dr-database' }],
  };
  const { MetricDataResults } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(now.getTime() - forMs),
      EndTime: now,
      MetricDataQueries: [{ Id: 'lag', MetricStat: { Metric, Period: 60, Stat: 'Maximum' } }],
    }),
  );
  return MetricDataResults?.[0]?.Values ?? [];
}

describe('replication lag', () => {
  it('has a history of a few seconds', async () => {
    const { clock, west } = createCloud();
    const values = await lag(west.cloudwatch, clock.now(), 60 * minutes);
    expect(values).toHaveLength(60);
    expect(Math.max(...values)).toBeLessThan(5);
    expect(Math.min(...values)).toBeGreaterThan(0);
  });

  it('grows with the clock once the primary is dark, and what was before stays readable', async () => {
    const { clock, world, west, pass } = createCloud();
    world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await pass(20 * minutes);
    const values = await lag(west.cloudwatch, clock.now(), 40 * minutes);
    expect(values[0]).toBeGreaterThan(18 * 60);
    expect(values.at(-1)).toBeLessThan(5);
    world.clearFaults();
    await pass(2 * minutes);
    expect((await lag(west.cloudwatch, clock.now(), 2 * minutes))[0]).toBeLessThan(5);
  });

  it('of an idle primary stays under the five minutes of its heartbeat', async () => {
    const { clock, east, west, pass } = createCloud();
    const fence = { cluster: 'prod-cluster', service: 'app-service', desiredCount: 0 };
    await east.ecs.send(new UpdateServiceCommand(fence));
    await pass(3 * minutes);
    expect((await lag(west.cloudwatch, clock.now(), minutes))[0]).toBeGreaterThan(60);
    await pass(40 * minutes);
    expect(Math.max(...(await lag(west.cloudwatch, clock.now(), 40 * minutes)))).toBeLessThan(310);
  });

  it('is as high as a fault says, and ends with the replication', async () => {
    const { clock, world, west, pass } = createCloud();
    world.setFault({ kind: 'replica-lag', region: 'us-west-2', instance: 'dr-database', seconds: 1200 });
    await pass(2 * minutes);
    expect((await lag(west.cloudwatch, clock.now(), minutes))[0]).toBeGreaterThan(1200);
    await west.rds.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'dr-database' }));
    await pass(20 * minutes);
    expect(await lag(west.cloudwatch, clock.now(), 10 * minutes)).toEqual([]);
    expect(world.audit().promotions[0]?.lostSeconds).toBeGreaterThan(1200);
  });

  it('grows while replication is broken', async () => {
    const { clock, world, west, pass } = createCloud();
    world.setFault({ kind: 'replication-broken', region: 'us-west-2', instance: 'dr-database' });
    await pass(15 * minutes);
    expect((await lag(west.cloudwatch, clock.now(), minutes))[0]).toBeGreaterThan(13 * 60);
  });
});

describe('metrics', () => {
  it('have statistics, and nothing where nobody records', async () => {
    const { clock, east } = createCloud();
    const range = { StartTime: new Date(clock.now().getTime() - 30 * minutes), EndTime: clock.now(), Period: 300 };
    const Dimensions = [{ Name: 'LoadBalancer', Value: 'app/prod-alb/3333333333333333' }];
    const read = (MetricName: string) =>
      new GetMetricStatisticsCommand({
        ...range,
        Namespace: 'AWS/ApplicationELB',
        MetricName,
        Dimensions,
        Statistics: ['Sum', 'Average'],
      });
    const { Datapoints } = await east.cloudwatch.send(read('RequestCount'));
    expect(Datapoints?.length).toBeGreaterThanOrEqual(6);
    expect(Datapoints?.[1]?.Sum).toBeGreaterThan(5 * 5_000);
    expect((await east.cloudwatch.send(read('Nonsense'))).Datapoints).toEqual([]);
  });
});

describe('simulated SQL', () => {
  it('tells a replica from a primary', async () => {
    const { probes } = createCloud();
    const text = `select pg_is_in_recovery() as recovering, current_setting('transaction_read_only') = 'off' as writable`;
    expect(await probes.sql.query(dr, text, [], asked)).toEqual([{ recovering: true, writable: false }]);
    expect(await probes.sql.query(prod, text, [], asked)).toEqual([{ recovering: false, writable: true }]);
    expect(await probes.sql.query(dr, 'SHOW transaction_read_only;', [], asked)).toEqual([
      { transaction_read_only: 'on' },
    ]);
    const insert = 'insert into dr_probe (at) values ($1)';
    await expect(probes.sql.query(dr, insert, ['x'], asked)).rejects.toThrow(
      'cannot execute INSERT in a read-only transaction',
    );
    expect(await probes.sql.query(prod, insert, ['x'], asked)).toEqual([]);
  });

  it.each([
    ['select extract(epoch from now() - pg_last_xact_replay_timestamp())::int < $1 as fresh', [30], { fresh: true }],
    ['select not pg_is_in_recovery()', [], { '?column?': false }],
    ['select count(*) from orders', [], { count: '1204331' }],
    ['select count(*)::int > 1000 and true as enough from public.orders', [], { enough: true }],
    ["select now() - max(created_at) < interval '5 minutes' as recent from orders", [], { recent: true }],
    ['select coalesce(null, $1) as first, (1 + 2) * 3 as nine', ['a'], { first: 'a', nine: '9' }],
    ['select pg_last_xact_replay_timestamp() is not null as replica', [], { replica: true }],
  ])('answers %s', async (text, values, row) => {
    const { probes } = createCloud();
    expect(await probes.sql.query(dr, text, values, asked)).toEqual([row]);
  });

  it.each([
    ['select * from orders', /does not know|syntax error/],
    ['select count(*) from nothing', /relation "nothing" does not exist/],
    ['select count(*) from orders where true', /stops at "where"/],
    ['vacuum', /answers select, show and writes/],
    ['select pg_is_in_recovery(', /syntax error/],
  ])('says what it cannot answer: %s', async (text, why) => {
    const { probes } = createCloud();
    await expect(probes.sql.query(dr, text, [], asked)).rejects.toThrow(why);
  });

  it('connects only to a database that is up, by a known reference', async () => {
    const { west, probes, pass } = createCloud();
    await expect(probes.sql.query('env:NOBODY', 'select 1', [], asked)).rejects.toThrow(/env:NOBODY/);
    await west.rds.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'dr-database' }));
    await pass(220 * seconds);
    await expect(probes.sql.query(dr, 'select 1', [], asked)).rejects.toThrow(/ECONNREFUSED/);
    await pass(90 * seconds);
    expect(await probes.sql.query(dr, 'select pg_is_in_recovery() as r', [], asked)).toEqual([{ r: false }]);
  });
});
