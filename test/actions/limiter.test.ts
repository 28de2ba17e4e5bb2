import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createLimiters, type Limiters } from '../../src/actions/kit/limiter.ts';
import { systemClock } from '../../src/clock/system-clock.ts';

type Request = Parameters<Limiters>[0];

const read: Request = { service: 'ecs', region: 'us-west-2', purpose: 'plan', command: 'DescribeServices' };

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** How many of a hundred are let out at once, while none of them is answered. */
async function letOut(limiters: Limiters, request: Request): Promise<number> {
  const { queue: limiter } = limiters(request);
  let out = 0;
  const answered = new Promise<void>((resolve) => {
    closing.push(resolve);
  });
  closing.push(() => limiter.clear());
  for (let sent = 0; sent < 100; sent += 1) {
    void limiter.add(() => {
      out += 1;
      return answered;
    });
  }
  await turn();
  return out;
}

describe('what goes out at once', () => {
  it('is a burst of each operation for a plan, less than the fifty that AWS takes', async () => {
    const limiters = createLimiters(systemClock);
    expect(await letOut(limiters, read)).toBe(40);
    expect(await letOut(limiters, { ...read, command: 'DescribeTaskDefinition' })).toBe(40);
  });

  it('does not hold a run back that asks for the same', async () => {
    const limiters = createLimiters(systemClock);
    await letOut(limiters, read);
    expect(await letOut(limiters, { ...read, purpose: 'run' })).toBe(10);
  });

  it('is five of Route 53 for the whole account, a plan and a run together', async () => {
    const limiters = createLimiters(systemClock);
    const records: Request = { ...read, service: 'route53', region: 'us-east-1', command: 'ListResourceRecordSets' };
    expect(await letOut(limiters, records)).toBe(5);
    expect(await letOut(limiters, { ...records, purpose: 'run', command: 'GetChange' })).toBe(0);
  });

  it('is counted for all operations of Lambda together', async () => {
    const limiters = createLimiters(systemClock);
    const functions: Request = { ...read, service: 'lambda', command: 'GetFunctionConfiguration' };
    expect(await letOut(limiters, functions)).toBe(10);
    expect(await letOut(limiters, { ...functions, command: 'ListEventSourceMappings' })).toBe(0);
  });

  it('is the same while the clock is paused, as it is for what a start goes on with then', async () => {
    const paused = { ...systemClock, scale: 0 };
    expect(await letOut(createLimiters(paused), read)).toBe(40);
    expect(await letOut(createLimiters(paused), { ...read, purpose: 'run' })).toBe(10);
  });

  it('is no burst of effects', async () => {
    expect(await letOut(createLimiters(systemClock), { ...read, purpose: 'run', command: 'UpdateService' })).toBe(10);
  });
});
