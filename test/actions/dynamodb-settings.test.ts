import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/domain/json.ts';
import {
  arnOf,
  call,
  check,
  groundOfTables,
  main,
  own,
  policyOf,
  putPolicy,
  type Tables,
  textOf,
} from './tables-ground.ts';

const tables = groundOfTables(undefined, ['dynamoDb']);

describe('dynamodb.reapply-settings', () => {
  const restore = { ...main, time: '2026-03-01T11:00:00Z' };

  async function restored(ground: Tables): Promise<string> {
    return textOf((await ground.outputOf('dynamodb.restore-to-time', restore, { owner: 'run_1/restore' })).table);
  }

  it('gives a restored table all that its restore left out, and a stream that is a new one', async () => {
    const ground = tables();
    await putPolicy(ground, [own()]);
    const table = await restored(ground);
    const input = { region: main.region, table, source: main.table };
    const plan = await ground.action('dynamodb.reapply-settings').plan(input, ground.ctx());
    expect(plan.before).toEqual({
      table,
      ttl: 'none',
      stream: 'none',
      point_in_time_recovery: false,
      deletion_protection: false,
      tags: { system: null, priority: null },
      policy: 'none',
    });
    const output = await ground.outputOf('dynamodb.reapply-settings', input);
    const all = ['alarms', 'deletion_protection', 'point_in_time_recovery', 'policy', 'stream', 'tags', 'ttl'];
    expect(output).toMatchObject({ table, settings: all });
    expect(output.stream_arn).toMatch(new RegExp(`${table}/stream/2026-03-01T12:`));
    expect((await policyOf(ground, table))?.Statement).toEqual([own(table)]);
    const seen = await call(ground, 'DescribeTable', { TableName: table });
    expect(seen.ok && seen.output.Table).toMatchObject({
      TableStatus: 'ACTIVE',
      DeletionProtectionEnabled: true,
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    const tags = await call(ground, 'ListTagsOfResource', { ResourceArn: arnOf(table) });
    const keys = tags.ok ? (tags.output.Tags as { Key: string }[]).map(({ Key }) => Key) : [];
    expect(keys.sort()).toEqual(['muster:run', 'muster:step', 'priority', 'system']);
  });

  it('does not carry the fence over that keeps writers out of the source', async () => {
    const ground = tables();
    await ground.outputOf('dynamodb.deny-writes', main);
    const table = await restored(ground);
    await ground.outputOf('dynamodb.reapply-settings', { region: main.region, table, source: main.table });
    expect(await policyOf(ground, table)).toBeNull();
  });

  it('takes settings where the source is gone, no mark of a run, and turns off nothing that a source has off', async () => {
    const ground = tables();
    const config = { region: main.region, table: 'flightdata-config' };
    const settings = { ttl: 'expires_at', tags: { system: null, priority: 'P0' }, point_in_time_recovery: true };
    await ground.outputOf('dynamodb.reapply-settings', { ...config, settings });
    const Tags = [{ Key: 'muster:run', Value: 'run_7' }];
    await call(ground, 'TagResource', { ResourceArn: arnOf('flightdata-metrics'), Tags });
    await ground.clock.sleep(10_000);
    const from = { ...config, source: 'flightdata-metrics', settings: { tags: { priority: 'P0' } } };
    const plan = await ground.action('dynamodb.reapply-settings').plan(from, ground.ctx());
    expect(plan.after).toEqual({
      table: 'flightdata-config',
      point_in_time_recovery: true,
      tags: { system: 'flight-data', priority: 'P0' },
    });
    ground.world.setFault({ kind: 'table-lost', region: main.region, table: 'flightdata-metrics' });
    const gone = await ground.action('dynamodb.reapply-settings').plan(from, ground.ctx());
    expect(check(gone, 'source')).toMatchObject({ verdict: 'fail', expected: expect.stringContaining('`settings`') });
  });

  it('goes from one stream and one expiry to another by way of none', async () => {
    const ground = tables();
    const settings = { stream: 'KEYS_ONLY', ttl: 'other' };
    expect(await ground.outputOf('dynamodb.reapply-settings', { ...main, settings })).toMatchObject({
      settings: ['stream', 'ttl'],
    });
    const seen = await call(ground, 'DescribeTable', { TableName: main.table });
    expect(seen.ok && seen.output.Table).toMatchObject({ StreamSpecification: { StreamViewType: 'KEYS_ONLY' } });
    const ttl = await call(ground, 'DescribeTimeToLive', { TableName: main.table });
    expect(ttl.ok && ttl.output.TimeToLiveDescription).toMatchObject({ AttributeName: 'other' });
  });

  it('has the alarms of the source watch the other table, each once, and none from another Region', async () => {
    const ground = tables();
    const table = await restored(ground);
    const input = { region: main.region, table, source: main.table };
    await ground.outputOf('dynamodb.reapply-settings', input);
    const listed = await call(ground, 'DescribeAlarms', {}, 'cloudwatch');
    const [first = {}, second = {}] = listed.ok ? (listed.output.MetricAlarms as JsonObject[]) : [];
    expect([first.AlarmName, second.AlarmName]).toEqual(['flightdata-main-throttled', `${table}-throttled`]);
    expect(second.Dimensions).toEqual([{ Name: 'TableName', Value: table }]);
    expect(second.AlarmActions).toEqual(first.AlarmActions);
    expect((await ground.action('dynamodb.reapply-settings').plan(input, ground.ctx())).noChange).toBe(true);
    const west = await ground.outputOf('dynamodb.restore-to-time', {
      ...main,
      region: 'us-west-2',
      source_region: 'us-east-1',
      time: 'latest',
    });
    const abroad = { region: 'us-west-2', table: west.table ?? '', source: main.table, source_region: 'us-east-1' };
    const { after } = await ground.action('dynamodb.reapply-settings').plan(abroad, ground.ctx());
    expect(after.alarms_to_make_by_hand).toEqual(['flightdata-main-throttled']);
    const { settings } = await ground.outputOf('dynamodb.reapply-settings', abroad);
    expect(settings).not.toContain('alarms');
    expect(settings).toContain('stream');
  });

  it('carries an alarm of a percentile over, and names one of a formula that it cannot', async () => {
    const ground = tables();
    const table = await restored(ground);
    const input = { region: main.region, table, source: main.table };
    const watched = { Namespace: 'AWS/DynamoDB', Dimensions: [{ Name: 'TableName', Value: main.table }] };
    const limit = { Threshold: 1, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold' };
    const slow = { ...watched, ...limit, AlarmName: 'slow', MetricName: 'SuccessfulRequestLatency', Period: 60 };
    await call(ground, 'PutMetricAlarm', { ...slow, ExtendedStatistic: 'p99' }, 'cloudwatch');
    const Metrics = [{ Id: 'm', MetricStat: { Metric: { ...watched, MetricName: 'A' }, Period: 60, Stat: 'Sum' } }];
    await call(ground, 'PutMetricAlarm', { ...limit, AlarmName: 'formula', Metrics }, 'cloudwatch');
    const { after } = await ground.action('dynamodb.reapply-settings').plan(input, ground.ctx());
    expect(after).toMatchObject({
      alarms_to_make_by_hand: ['formula'],
      alarms: expect.arrayContaining([`slow-${table}`]),
    });
  });

  it('gives what it can while one setting is refused', async () => {
    const ground = tables();
    const table = await restored(ground);
    ground.world.setFault({ kind: 'call', service: 'dynamodb', command: 'UpdateTimeToLive', fails: 'access-denied' });
    const act = ground.action('dynamodb.reapply-settings');
    const input = { region: main.region, table, source: main.table };
    const captured = await act.capture(input, ground.ctx());
    await expect(act.apply(input, 'token', captured, ground.ctx())).rejects.toThrow(
      /Change of ttl .* access was denied/,
    );
    await ground.clock.sleep(60_000);
    const left = (await act.capture(input, ground.ctx())).left;
    expect(left).toContain('ttl');
    expect(left).not.toContain('stream');
  });
});
