import { describe, expect, it } from '@jest/globals';
import { minutes } from './cloud.ts';
import { countOf, createTables, main, readAll } from './tables.ts';

describe('writers', () => {
  it('stop with their function, and go on with it', async () => {
    const { east, world, pass } = createTables(undefined, ['dynamoDb', 'lambda', 'ssm']);
    const reserve = (input: object, command = 'PutFunctionConcurrency') =>
      world.call({
        service: 'lambda',
        region: 'us-east-1',
        command,
        input: { FunctionName: 'flightdata-processor', ...input },
      });
    await reserve({ ReservedConcurrentExecutions: 0 });
    const before = await countOf(east);
    await pass(60 * minutes);
    expect(await countOf(east)).toBe(before);
    await reserve({}, 'DeleteFunctionConcurrency');
    await pass(20 * minutes);
    expect(await countOf(east)).toBeGreaterThan(before + 2);
    world.setFault({ kind: 'functions-lost', region: 'us-east-1', prefix: 'flightdata-processor' });
    const lost = await countOf(east);
    await pass(60 * minutes);
    expect(await countOf(east)).toBe(lost);
  });

  it('write what has waited in the stream of their function once it is taken again, and no longer what is too old', async () => {
    const { east, world, pass } = createTables(undefined, ['dynamoDb', 'lambda', 'ssm']);
    const call = (command: string, input: Record<string, unknown>) =>
      world.call({ service: 'lambda', region: 'us-east-1', command, input });
    const processor = { FunctionName: 'flightdata-processor' };
    const listed = await call('ListEventSourceMappings', processor);
    const [source] = listed.ok
      ? (listed.output as { EventSourceMappings: { UUID: string }[] }).EventSourceMappings
      : [];
    const take = async (Enabled: boolean) => {
      await call('UpdateEventSourceMapping', { UUID: source?.UUID, Enabled });
      await pass(5 * minutes);
    };
    const stop = () => call('PutFunctionConcurrency', { ...processor, ReservedConcurrentExecutions: 0 });
    const go = () => call('DeleteFunctionConcurrency', processor);
    await take(false);
    await stop();
    const before = await countOf(east);
    await pass(60 * minutes);
    expect(await countOf(east)).toBe(before);
    await go();
    await take(true);
    const { items } = await readAll(east, main);
    const newest = items.map(({ timestamp = '' }) => timestamp).toSorted();
    expect(newest.slice(-12)).toEqual([...new Set(newest)].slice(-12));
    expect(items.length).toBeGreaterThanOrEqual(before + 12);
    await take(false);
    await stop();
    const later = await countOf(east);
    await pass(3 * 24 * 60 * minutes);
    await go();
    await take(true);
    const waited = (await countOf(east)) - later;
    expect(waited).toBeGreaterThan(280);
    expect(waited).toBeLessThan(300);
  });

  it('follow the parameter by which their function finds its table', async () => {
    const { east, world, pass } = createTables(undefined, ['dynamoDb', 'lambda', 'ssm']);
    const input = { Name: '/flightdata/tables/main', Value: 'flightdata-config', Overwrite: true };
    await world.call({ service: 'ssm', region: 'us-east-1', command: 'PutParameter', input });
    const [mainBefore, other] = [await countOf(east), await countOf(east, 'flightdata-config')];
    await pass(30 * minutes);
    expect([await countOf(east), await countOf(east, 'flightdata-config')]).toEqual([mainBefore, other + 6]);
  });
});
