import { describe, expect, it } from '@jest/globals';
import { createAwsHealth } from '../../src/compose/aws-health.ts';
import { createHealth } from '../../src/compose/health.ts';
import { createLog } from '../../src/compose/log.ts';
import type { Finding } from '../../src/compose/readiness.ts';

const minute = 60_000;

/** A time that a test moves. */
function time() {
  const state = { at: new Date('2026-03-01T12:00:00Z') };
  return { now: () => state.at, pass: (ms: number) => Object.assign(state, { at: new Date(state.at.getTime() + ms) }) };
}

describe('how every part is', () => {
  it('has since when it is so, from the first look at it until it is well again', async () => {
    const { now, pass } = time();
    const state: { slack: Finding } = { slack: { name: 'slack', vital: false, ok: false, why: 'HTTP 503' } };
    const seen: boolean[] = [];
    const health = createHealth({
      read: async () => [state.slack],
      log: createLog('silent'),
      now,
      seen: ([first]) => seen.push(first?.ok ?? false),
    });
    const began = now();
    expect(await health.look()).toMatchObject([{ ok: false, since: began }]);
    pass(minute);
    expect(await health.look()).toMatchObject([{ ok: false, since: began }]);
    state.slack = { name: 'slack', vital: false, ok: true };
    expect((await health.look())[0]?.since).toBeUndefined();
    pass(minute);
    state.slack = { name: 'slack', vital: false, ok: false, why: 'HTTP 500' };
    expect(await health.look()).toMatchObject([{ since: now() }]);
    expect(seen).toEqual([false, false, true, false]);
  });

  it('has the time that is known of it, where one is', async () => {
    const { now } = time();
    const since = new Date('2026-03-01T09:00:00Z');
    const read = async (): Promise<Finding[]> => [{ name: 'outbox', vital: false, ok: false, why: 'old', since }];
    const health = createHealth({ read, log: createLog('silent'), now, seen: () => {} });
    expect(await health.look()).toMatchObject([{ since }]);
  });
});

describe('how AWS is', () => {
  const silent = { kind: 'timed-out', why: 'it did not answer in time' } as const;
  const rds = { service: 'rds', region: 'us-east-1' } as const;

  it('is in trouble once a service has given no answer twice in a row, and well with its next answer', () => {
    const { now, pass } = time();
    const aws = createAwsHealth(now);
    const began = now();
    aws.answered({ ...rds, trouble: silent });
    expect(aws.trouble()).toBeNull();
    pass(minute);
    aws.answered({ ...rds, trouble: silent });
    expect(aws.trouble()).toEqual({
      why: 'rds in us-east-1: it did not answer in time, 2 times in a row',
      since: began,
    });
    aws.answered({ service: 'rds', region: 'us-west-2', trouble: null });
    expect(aws.trouble()).not.toBeNull();
    aws.answered({ ...rds, trouble: null });
    expect(aws.trouble()).toBeNull();
  });

  it('is not known from what nobody has asked for a long time', () => {
    const { now, pass } = time();
    const aws = createAwsHealth(now);
    aws.answered({ ...rds, trouble: silent });
    aws.answered({ ...rds, trouble: silent });
    pass(16 * minute);
    expect(aws.trouble()).toBeNull();
  });
});
