import { beforeEach, describe, expect, it } from '@jest/globals';
import { createWorld, type World } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { createManualClock } from '../support/manual-clock.ts';

let world: World;
beforeEach(() => {
  world = createWorld({
    clock: createManualClock(),
    estate: exampleCloud('flight-data'),
  });
});

const east = 'https://d-flightdata1.execute-api.us-east-1.amazonaws.com/health';
const west = 'https://d-flightdata2.execute-api.us-west-2.amazonaws.com/health';

async function visit(url: string): Promise<unknown> {
  const answer = await world.call({ service: 'http', command: 'get', region: '', input: { url, timeoutMs: 5_000 } });
  return answer.ok ? answer.output : answer;
}

describe('an API gateway', () => {
  it('answers and names its Region, by the name that people use too', async () => {
    const good = { status: 200, body: '{"status":"ok","table":"flightdata-main","region":"us-east-1"}' };
    expect(await visit(east)).toMatchObject(good);
    expect(await visit('https://api.flightdata.example/health')).toMatchObject(good);
  });

  it('has nothing to say where its function is not', async () => {
    expect(await visit(west)).toMatchObject({ status: 503, body: expect.stringContaining('no function') });
  });

  it('has nothing to say while its function may not run', async () => {
    const input = { FunctionName: 'flightdata-api', ReservedConcurrentExecutions: 0 };
    await world.call({ service: 'lambda', command: 'PutFunctionConcurrency', region: 'us-east-1', input });
    expect(await visit(east)).toMatchObject({ status: 503 });
  });

  it('has nothing to say once its table is gone', async () => {
    world.setFault({ kind: 'table-lost', region: 'us-east-1', table: 'flightdata-main' });
    expect(await visit(east)).toMatchObject({ status: 503, body: expect.stringContaining('no table') });
  });
});
