import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/domain/json.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { makeGround } from './ground.ts';
import { arnOf, check, groundOfTables, main, own, policyOf, putPolicy, type Tables, textOf } from './tables-ground.ts';

const tables = groundOfTables(undefined, ['dynamoDb', 'buckets', 'ssm', 'lambda']);
async function countOf(ground: Tables, table = main.table): Promise<number> {
  const { dynamoDb } = ground.world.snapshot() as unknown as { dynamoDb: { tables: { name: string; items: [] }[] } };
  return dynamoDb.tables.find(({ name }) => name === table)?.items.length ?? -1;
}

describe('dynamodb.deny-writes', () => {
  it('keeps every writer out, leaves the other statements alone, and lets them write again', async () => {
    const ground = tables();
    await putPolicy(ground, [own()]);
    await ground.outputOf('dynamodb.deny-writes', main);
    const { Statement: statements = [] } = (await policyOf(ground)) ?? {};
    expect(statements[0]).toEqual(own());
    expect(statements[1]).toMatchObject({ Effect: 'Deny', Principal: '*', Resource: arnOf(main.table) });
    const before = await countOf(ground);
    await ground.clock.sleep(3_600_000);
    expect(await countOf(ground)).toBe(before);
    await ground.outputOf('dynamodb.deny-writes', { ...main, denied: false });
    expect((await policyOf(ground))?.Statement).toEqual([own()]);
    await ground.clock.sleep(600_000);
    expect(await countOf(ground)).toBeGreaterThan(before);
  });

  it('is not done while the policy is shown and not heeded yet', async () => {
    const ground = tables();
    const act = ground.action('dynamodb.deny-writes');
    const receipt = await act.apply(main, 'token', await act.capture(main, ground.ctx()), ground.ctx());
    const early = await act.observe(main, receipt, ground.ctx());
    expect(early).toMatchObject({ state: 'working', progress: expect.stringContaining('not heeded everywhere') });
    await ground.clock.sleep(16_000);
    expect((await act.observe(main, receipt, ground.ctx())).state).toBe('working');
  });

  it('spares whom it is told to, and takes nothing narrower for a fence', async () => {
    const ground = tables();
    const except = ['arn:aws:iam::123456789012:role/flightdata-processor-us-east-1'];
    await ground.outputOf('dynamodb.deny-writes', { ...main, except });
    const before = await countOf(ground);
    await ground.clock.sleep(1_800_000);
    expect(await countOf(ground)).toBeGreaterThan(before);
    const plan = await ground.action('dynamodb.deny-writes').plan(main, ground.ctx());
    expect([plan.noChange, plan.before.except]).toEqual([false, except]);
    const [statement = {}] = (await policyOf(ground))?.Statement ?? [];
    await putPolicy(ground, [{ ...statement, Action: ['dynamodb:PutItem'] }]);
    const narrow = await ground.action('dynamodb.deny-writes').plan({ ...main, except }, ground.ctx());
    expect([narrow.noChange, narrow.before.writes]).toEqual([false, 'not denied']);
  });

  it('sends nothing over a policy that was changed since it was read', async () => {
    let meanwhile = async (): Promise<unknown> => undefined;
    const estate = exampleCloud('flight-data', ['dynamoDb']);
    const ground = await makeGround({ estate, beforeEffect: async () => void (await meanwhile()) });
    meanwhile = () => putPolicy(ground, [own()]);
    const act = ground.action('dynamodb.deny-writes');
    const captured = await act.capture(main, ground.ctx());
    await expect(act.apply(main, 'token', captured, ground.ctx())).rejects.toThrow(/changed by somebody else/);
    expect((await policyOf(ground))?.Statement).toEqual([own()]);
    ground.close();
  });

  it('may be carried over in an ungraceful run when its Region does not answer', async () => {
    const ground = tables();
    ground.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    const plan = await ground.action('dynamodb.deny-writes').plan(main, ground.ctx({ mode: 'ungraceful' }));
    expect(check(plan, 'reachable')).toMatchObject({ verdict: 'unknown', carry: 'ungraceful' });
    const back = await ground.action('dynamodb.deny-writes').plan({ ...main, denied: false }, ground.ctx());
    expect(check(back, 'reachable').carry).toBe('never');
  });
});

describe('dynamodb.check-items', () => {
  const input = { ...main, required: ['flight_id'], timestamp: 'timestamp' };

  it('looks at every page, finds the first bad item, and names a time before it, in UTC', async () => {
    const ground = tables();
    ground.world.setFault({ kind: 'table-corrupt', ...main, minutes: 72 });
    const seen = await ground.watch('dynamodb.check-items', input, {});
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    expect(seen.output).toMatchObject({
      scanned: 602,
      looked_at: 602,
      bad: 15,
      undated: 0,
      faults: { 'flight_id is missing': 15 },
      earliest_bad: '2026-03-01T11:00:00.000Z',
      restore_to: '2026-03-01T10:55:00.000Z',
    });
    expect(seen.output.examples).toHaveLength(5);
    const restored = await ground.outputOf('dynamodb.restore-to-time', { ...main, time: seen.output.restore_to ?? '' });
    const proof = { ...input, table: restored.table ?? '', max_bad: 0, minimum: 500 };
    expect(await ground.watch('dynamodb.check-items', proof, {})).toMatchObject({ state: 'done' });
  });

  it('fails above its threshold with what is wrong and where, and for a table with nothing to look at', async () => {
    const ground = tables();
    ground.world.setFault({ kind: 'table-corrupt', ...main, minutes: 20 });
    expect(await ground.watch('dynamodb.check-items', { ...input, max_bad: 3 }, {})).toMatchObject({
      state: 'failed',
      why: expect.stringMatching(
        /are bad, the first of 2026-03-01T11:50.*at most 3: flight_id is missing in \d+\. Such as record_id rec-/,
      ),
    });
    const few = await ground.watch('dynamodb.check-items', { ...input, minimum: 1_000 }, {});
    expect(few).toMatchObject({ state: 'failed', why: expect.stringContaining('expected 1000 or more') });
  });

  it('looks only as far back as it is told, and never passes over what does not say when it was written', async () => {
    const ground = tables();
    ground.world.setFault({ kind: 'table-corrupt', ...main, minutes: 120, field: 'timestamp' });
    const needs = { ...main, required: ['timestamp'], timestamp: 'timestamp', since: '30m' };
    const seen = await ground.watch('dynamodb.check-items', needs, {});
    expect(seen).toMatchObject({ state: 'done', output: { scanned: 602, looked_at: 25, bad: 25, undated: 25 } });
    const whole = await ground.watch('dynamodb.check-items', { ...input, since: '30m', timestamp: 'written_at' }, {});
    expect(whole).toMatchObject({ output: { looked_at: 602 } });
  });

  it('judges formats, and takes a time without an offset for none', async () => {
    const ground = tables();
    const formats = {
      altitude: 'number',
      expires_at: 'epoch',
      flight_id: '/^[A-Z]{2}[0-9]{3}$/',
      timestamp: 'instant',
    };
    expect(await ground.watch('dynamodb.check-items', { ...main, formats, max_bad: 0 }, {})).toMatchObject({
      state: 'done',
    });
    const odd = { altitude: 'text', airport: '/^JFK$/', flight_id: 'instant' };
    const seen = await ground.watch('dynamodb.check-items', { ...main, formats: odd }, {});
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    expect(seen.output.faults).toMatchObject({ 'altitude is not as text': 602, 'flight_id is not as instant': 602 });
  });
});

describe('a table of many pages', () => {
  const many = groundOfTables((estate) => {
    for (const { items } of estate.dynamoDb?.tables ?? []) if (items) items.bytes = 500_000;
    return estate;
  });

  it('is looked at over many looks, each of which says how far it is', async () => {
    const ground = many();
    const input = { ...main, required: ['flight_id'] };
    const act = ground.action('dynamodb.check-items');
    const first = await act.observe(input, {}, ground.ctx());
    expect(first).toMatchObject({ state: 'working', progress: '50 items looked at, 0 bad' });
    const seen = await ground.watch('dynamodb.check-items', input, {});
    expect(seen).toMatchObject({ state: 'done', output: { scanned: 602, looked_at: 602 } });
    const stale = await act.observe(input, {}, ground.ctx());
    await ground.clock.sleep(180_000);
    expect(await act.observe(input, {}, ground.ctx())).toEqual(stale);
  });

  it('is counted over many looks, too, and anew when it is asked again', async () => {
    const ground = many();
    const input = { ...main, source: main.table };
    const look = () => ground.action('dynamodb.compare-tables').observe(input, {}, ground.ctx());
    const progress = '50 items of flightdata-main and 50 of flightdata-main counted';
    expect(await look()).toMatchObject({ state: 'working', progress });
    expect(await ground.watch('dynamodb.compare-tables', input, {})).toMatchObject({
      state: 'done',
      output: { count: 602, source_count: 602, difference_percent: 0 },
    });
    expect(await look()).toMatchObject({ state: 'working', progress });
  });
});

describe('dynamodb.cut-over', () => {
  const pointer = { region: 'us-east-1', parameter: '/flightdata/tables/main' };

  it('sends the writers to the restored table, and back', async () => {
    const ground = tables();
    const { table = '' } = await ground.outputOf('dynamodb.restore-to-time', { ...main, time: '2026-03-01T11:00:00Z' });
    const name = textOf(table);
    const act = ground.action('dynamodb.cut-over');
    const captured = await act.capture({ ...pointer, table }, ground.ctx());
    await ground.outputOf('dynamodb.cut-over', { ...pointer, table });
    const [old, now] = [await countOf(ground), await countOf(ground, name)];
    await ground.clock.sleep(1_800_000);
    expect([await countOf(ground), await countOf(ground, name)]).toEqual([old, now + 6]);
    const back = act.restore({ ...pointer, table }, captured);
    await ground.outputOf('dynamodb.cut-over', back ?? {});
    await ground.clock.sleep(1_800_000);
    expect(await countOf(ground)).toBeGreaterThan(old);
  });

  it('is refused to a table that is not there, not in this Region, not whole or shaped otherwise', async () => {
    const ground = tables();
    const act = ground.action('dynamodb.cut-over');
    const verdictOf = async (input: JsonObject, id: string) => check(await act.plan(input, ground.ctx()), id);
    expect((await verdictOf({ ...pointer, table: 'flightdata-gone' }, 'table')).verdict).toBe('fail');
    expect((await verdictOf({ ...pointer, region: 'us-west-2', table: main.table }, 'table')).verdict).toBe('fail');
    expect(await verdictOf({ ...pointer, table: 'flightdata-config' }, 'shape')).toMatchObject({
      verdict: 'fail',
      found: expect.stringContaining('index by-flight: none in flightdata-config'),
    });
    const restore = ground.action('dynamodb.restore-to-time');
    const input = { ...main, time: '2026-03-01T11:00:00Z' };
    await restore.apply(input, 'token', await restore.capture(input, ground.ctx()), ground.ctx());
    await ground.clock.sleep(13 * 60_000);
    expect(await verdictOf({ ...pointer, table: 'flightdata-main-restored-1' }, 'table')).toMatchObject({
      verdict: 'fail',
      found: 'ACTIVE, still being restored, 2 indexes not ready',
    });
  });

  it('goes on from a table that is gone', async () => {
    const ground = tables();
    ground.world.setFault({ kind: 'table-lost', ...main });
    const input = { ...pointer, table: 'flightdata-metrics' };
    const plan = await ground.action('dynamodb.cut-over').plan(input, ground.ctx());
    expect(check(plan, 'shape')).toMatchObject({ verdict: 'pass', found: 'flightdata-main is gone' });
    expect(await ground.outputOf('dynamodb.cut-over', input)).toMatchObject({ table: 'flightdata-metrics' });
  });
});
