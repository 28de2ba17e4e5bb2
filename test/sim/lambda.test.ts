import { describe, expect, it } from '@jest/globals';
import { createWorld, simulatedProbes, type World } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { minutes, seconds } from './cloud.ts';

const hours = 60 * minutes;

function cloud() {
  const clock = createManualClock();
  const world = createWorld({ clock, estate: exampleCloud('flight-data', ['buckets', 'lambda']) });
  return { clock, world, http: simulatedProbes(world.call).http };
}

async function ask(world: World, command: string, input: Record<string, unknown>, region = 'us-east-1') {
  const answer = await world.call({ service: 'lambda', command, region, input });
  return answer.ok ? answer.output : answer.error.name;
}

const FunctionName = 'flightdata-processor';

async function newest(world: World, MetricName: string): Promise<number> {
  const { now } = world.view();
  const at = new Date(now).getTime();
  const asked = { Namespace: 'AWS/Lambda', MetricName, Dimensions: [{ Name: 'FunctionName', Value: FunctionName }] };
  const answer = await world.call({
    service: 'cloudwatch',
    command: 'GetMetricStatistics',
    region: 'us-east-1',
    input: {
      ...asked,
      StartTime: new Date(at - 3 * minutes),
      EndTime: new Date(at + 1),
      Period: 60,
      Statistics: ['Maximum'],
    },
  });
  const points = answer.ok ? (answer.output.Datapoints as { Timestamp: Date; Maximum: number }[]) : [];
  return points.sort((one, other) => other.Timestamp.getTime() - one.Timestamp.getTime())[0]?.Maximum ?? Number.NaN;
}

describe('a function that may not run', () => {
  it('lets its sources fill, and has what was handed to it thrown away after six hours', async () => {
    const { clock, world } = cloud();
    await ask(world, 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 0 });
    await clock.advance(2 * hours);
    expect(await newest(world, 'IteratorAge')).toBeGreaterThan(1.9 * hours);
    expect(await newest(world, 'AsyncEventsDropped')).toBe(0);
    await clock.advance(5 * hours);
    expect(await newest(world, 'AsyncEventsDropped')).toBe(12);
    await ask(world, 'DeleteFunctionConcurrency', { FunctionName });
    await clock.advance(2 * minutes);
    expect(await newest(world, 'IteratorAge')).toBe(0);
    expect(await newest(world, 'AsyncEventsDropped')).toBe(0);
  });

  it('has a source that is disabled keep what comes, too', async () => {
    const { clock, world } = cloud();
    const list = await ask(world, 'ListEventSourceMappings', { FunctionName });
    const [source] = (list as { EventSourceMappings: { UUID: string }[] }).EventSourceMappings;
    await ask(world, 'UpdateEventSourceMapping', { UUID: source?.UUID, Enabled: false });
    expect(await ask(world, 'UpdateEventSourceMapping', { UUID: source?.UUID, Enabled: true })).toBe(
      'ResourceInUseException',
    );
    await clock.advance(1 * hours);
    expect(await newest(world, 'IteratorAge')).toBeGreaterThan(0.9 * hours);
  });
});

describe('code', () => {
  it('is offered for ten minutes, as it is then', async () => {
    const { clock, world, http } = cloud();
    const found = (await ask(world, 'GetFunction', { FunctionName })) as { Code: { Location: string } };
    const options = { timeoutMs: 1_000, mostBytes: 1_000 };
    const now = await http.bytes(found.Code.Location, options);
    expect([now.status, new TextDecoder().decode(now.bytes)]).toEqual([200, 'processor of 2026-02']);
    await clock.advance(10 * minutes + seconds);
    expect((await http.bytes(found.Code.Location, options)).status).toBe(403);
    await expect(http.bytes(found.Code.Location, { ...options, mostBytes: 3 })).rejects.toThrow(/more than 3 bytes/);
  });

  it('is taken only from a bucket of the same Region', async () => {
    const { world } = cloud();
    const [folder] = await keys(world);
    const Code = { S3Bucket: 'flightdata-lambda-backups-us-west-2', S3Key: folder };
    const request = { FunctionName: 'new', Role: 'arn:aws:iam::123456789012:role/lambda', Code };
    expect(await ask(world, 'CreateFunction', request)).toBe('InvalidParameterValueException');
    expect(await ask(world, 'CreateFunction', request, 'us-west-2')).toMatchObject({ State: 'Pending' });
    const layered = {
      ...request,
      FunctionName: 'other',
      Layers: ['arn:aws:lambda:us-west-2:123456789012:layer:none:1'],
    };
    expect(await ask(world, 'CreateFunction', layered, 'us-west-2')).toBe('InvalidParameterValueException');
  });

  it('is changed once at a time', async () => {
    const { clock, world } = cloud();
    const code = { FunctionName, ZipFile: new TextEncoder().encode('new') };
    expect(await ask(world, 'UpdateFunctionCode', code)).toMatchObject({ LastUpdateStatus: 'InProgress' });
    expect(await ask(world, 'UpdateFunctionConfiguration', { FunctionName, MemorySize: 512 })).toBe(
      'ResourceConflictException',
    );
    await clock.advance(30 * seconds);
    expect(await ask(world, 'GetFunctionConfiguration', { FunctionName })).toMatchObject({
      LastUpdateStatus: 'Successful',
    });
  });
});

async function keys(world: World): Promise<string[]> {
  const Bucket = 'flightdata-lambda-backups-us-west-2';
  const answer = await world.call({ service: 's3', command: 'ListObjectsV2', region: 'us-west-2', input: { Bucket } });
  const { Contents = [] } = answer.ok ? (answer.output as { Contents?: { Key: string }[] }) : {};
  return Contents.map(({ Key }) => Key).filter((key) => key.endsWith('processor.zip'));
}

it('goes on from a snapshot', async () => {
  const { clock, world } = cloud();
  await ask(world, 'UpdateFunctionCode', { FunctionName, ZipFile: new TextEncoder().encode('new') });
  const copy = createWorld({ clock, snapshot: world.snapshot() });
  await clock.advance(30 * seconds);
  expect(await ask(copy, 'GetFunctionConfiguration', { FunctionName })).toMatchObject({
    LastUpdateStatus: 'Successful',
  });
});
