import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { differences } from '../../src/actions/sql/compare.ts';
import { type Ground, makeGround } from './ground.ts';

let ground: Ground;
beforeEach(async () => {
  ground = await makeGround();
});
afterEach(() => ground.close());

const writable = {
  connection: 'env:ACME_DB_US_WEST_2',
  query: 'select pg_is_in_recovery() as recovering',
  expect: { recovering: false },
};

describe('sql.assert', () => {
  it('waits while the row is another, and its plan does not wait for it', async () => {
    const act = ground.action('sql.assert');
    expect((await act.plan(writable, ground.ctx())).checks).toMatchObject([{ verdict: 'pass' }]);
    expect(await act.observe(writable, {}, ground.ctx())).toMatchObject({
      state: 'working',
      progress: 'recovering is true, expected false',
    });
  });

  it('binds its params and gives the row', async () => {
    const input = {
      ...writable,
      query: 'select $1::text as name, count(*) as rows from orders',
      params: ["'; drop table orders"],
      expect: { rows: 1_204_331 },
    };
    const seen = await ground.action('sql.assert').observe(input, {}, ground.ctx());
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    expect(seen.output).toEqual({ row: { name: "'; drop table orders", rows: '1204331' } });
  });

  it.each(['delete from orders', 'insert into orders values (1)', '; drop table orders'])(
    'refuses %s',
    async (query) => {
      await expect(ground.action('sql.assert').plan({ ...writable, query }, ground.ctx())).rejects.toThrow(
        /expected a query that reads/,
      );
    },
  );

  it('waits for no data that does not change, and says how much there is of it', async () => {
    const input = {
      ...writable,
      query: 'select count(*) as orders from orders',
      expect: {},
      at_least: { orders: 1_300_000 },
      waits: false,
    };
    const act = ground.action('sql.assert');
    expect(await act.observe(input, {}, ground.ctx())).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('orders: 1,204,331 of at least 1,300,000'),
    });
    expect(await act.observe({ ...input, waits: true }, {}, ground.ctx())).toMatchObject({ state: 'working' });
    expect(await act.observe({ ...input, at_least: { orders: 1_204_331 } }, {}, ground.ctx())).toMatchObject({
      state: 'done',
    });
    await expect(act.plan({ ...input, at_least: {} }, ground.ctx())).rejects.toThrow(/expected at least one column/);
  });

  it('asks another host of RDS with the same connection, and no host of anybody else', async () => {
    const act = ground.action('sql.assert');
    const primary = { ...writable, host: 'prod-database.c1a2b3.us-east-1.rds.amazonaws.com' };
    expect(await act.observe(primary, {}, ground.ctx())).toMatchObject({ state: 'done' });
    const gone = { ...writable, host: 'gone.c1a2b3.us-east-1.rds.amazonaws.com' };
    expect(await act.observe(gone, {}, ground.ctx())).toMatchObject({
      state: 'unknown',
      why: expect.stringContaining('gone.c1a2b3'),
    });
    for (const host of ['db.example.com', 'rds.amazonaws.com.example.com', 'user@x.rds.amazonaws.com'])
      await expect(act.plan({ ...writable, host }, ground.ctx())).rejects.toThrow(
        /expected the host of an RDS instance/,
      );
  });

  it('compares columns as PostgreSQL gives them', () => {
    expect(differences({ n: 5, on: true, none: null }, { n: '5', on: true, none: null })).toEqual([]);
    expect(differences({ n: 0 }, { n: '' })).toEqual(['n is "", expected 0']);
    expect(differences({ on: true }, { on: 'true' })).toEqual(['on is "true", expected true']);
    expect(differences({ gone: null }, {})).toEqual(['there is no column gone']);
  });
});

describe('http.check', () => {
  const input = { url: 'https://api.dr.example.com/health' };

  it('wants several good answers in a row', async () => {
    const act = ground.action('http.check');
    const began = ground.clock.now().getTime();
    expect(await act.observe({ ...input, attempts: 5 }, {}, ground.ctx())).toMatchObject({
      state: 'done',
      output: { status: 200 },
    });
    expect(ground.clock.now().getTime() - began).toBeGreaterThanOrEqual(4_000);
    ground.world.setFault({ kind: 'call', service: 'http', fails: 'error', nth: 2, times: 1 });
    expect(await act.observe(input, {}, ground.ctx())).toMatchObject({
      state: 'working',
      progress: 'answered 500, expected 200 after 1 good',
    });
  });

  it('wants the text that was asked for, and does not know what silence means', async () => {
    const act = ground.action('http.check');
    expect(await act.observe({ ...input, contains: 'no such text' }, {}, ground.ctx())).toMatchObject({
      state: 'working',
    });
    ground.world.setFault({ kind: 'call', service: 'http', fails: 'timeout' });
    expect(await act.observe(input, {}, ground.ctx())).toMatchObject({ state: 'unknown' });
  });
});

describe('elb.check-targets', () => {
  it('counts the healthy, and does not let a plan wait for them', async () => {
    const act = ground.action('elb.check-targets');
    const input = { region: 'us-west-2', target_group: 'dr-tg', minimum: 4 };
    expect((await act.plan(input, ground.ctx())).checks).toMatchObject([{ verdict: 'pass' }]);
    expect(await act.observe(input, {}, ground.ctx())).toMatchObject({
      state: 'working',
      progress: '1 of 1 healthy, 4 wanted',
    });
    const gone = { ...input, target_group: 'gone' };
    expect((await act.plan(gone, ground.ctx())).checks).toMatchObject([{ verdict: 'fail' }]);
    expect(await act.observe(gone, {}, ground.ctx())).toMatchObject({ state: 'failed' });
  });
});

describe('cloudwatch.check-metric', () => {
  it('shows no more digits than people read', async () => {
    const load = { region: 'us-west-2', namespace: 'AWS/RDS', metric: 'CPUUtilization', statistic: 'Average' };
    const of = { dimensions: { DBInstanceIdentifier: 'dr-database' }, comparison: 'at most', threshold: 9 };
    const { checks, before } = await ground.action('cloudwatch.check-metric').plan({ ...load, ...of }, ground.ctx());
    const digits = /^\d{1,2}\.\d{1,5}/;
    expect(checks).toMatchObject([{ found: expect.stringMatching(new RegExp(`${digits.source} at 2026-`)) }]);
    expect(JSON.stringify(before.value)).toMatch(new RegExp(`${digits.source}$`));
  });

  it('takes missing data for unknown', async () => {
    const input = {
      region: 'us-west-2',
      namespace: 'AWS/RDS',
      metric: 'NoSuchMetric',
      statistic: 'Sum',
      comparison: 'at most',
      threshold: 1,
    };
    const act = ground.action('cloudwatch.check-metric');
    expect((await act.plan(input, ground.ctx())).checks).toMatchObject([{ verdict: 'unknown', carry: 'with-reason' }]);
    expect(await act.observe(input, {}, ground.ctx())).toMatchObject({ state: 'unknown' });
  });
});
