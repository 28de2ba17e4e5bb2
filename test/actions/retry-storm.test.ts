import { DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Aws, createAws } from '../../src/actions/kit/aws.ts';
import { createScaledClock } from '../../src/clock/scaled-clock.ts';
import {
  createWorld,
  type FaultInput,
  simulatedCredentials,
  simulatedPlugin,
  type World,
} from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';

const minuteMs = 60_000;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

interface Storm {
  world: World;
  /** How often the far end was called for each Region, within one minute of its clock. */
  calls: Record<string, number>;
  /** Looks that got an answer, by Region. */
  answered: Record<string, number>;
  /** Forty steps look at their database every other second, for a minute. */
  blow(regions: readonly string[]): Promise<void>;
}

/** Many steps at once, whose readings all go through the limiters of one account. */
function makeStorm(): Storm {
  const now = new Date();
  const clock = createScaledClock({ realOrigin: now, origin: now, scale: 12 });
  const world = createWorld({ clock, estate: exampleCloud('acme') });
  const calls: Record<string, number> = {};
  const answered: Record<string, number> = {};
  const end = clock.now().getTime() + minuteMs;
  const isOver = (): boolean => clock.now().getTime() >= end;
  const aws: Aws = createAws({
    clock,
    plugins: [
      simulatedPlugin((call) => {
        if (!isOver()) calls[call.region] = (calls[call.region] ?? 0) + 1;
        return world.call(call);
      }),
    ],
    credentials: () => simulatedCredentials,
    beforeEffect: async () => {},
  });
  closing.push(() => aws.close());
  const step = async (region: string): Promise<void> => {
    const DBInstanceIdentifier = region === 'us-east-1' ? 'prod-database' : 'dr-database';
    while (!isOver()) {
      const rds = aws.session({ signal: AbortSignal.timeout(20_000), purpose: 'run' }).rds(region);
      const seen = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier })).catch(() => null);
      if (seen) answered[region] = (answered[region] ?? 0) + 1;
      await clock.sleep(2_000);
    }
  };
  const blow = async (regions: readonly string[]): Promise<void> => {
    await Promise.race([
      Promise.all(regions.flatMap((region) => Array.from({ length: 40 / regions.length }, () => step(region)))),
      clock.sleep(minuteMs),
    ]);
  };
  return { world, calls, answered, blow };
}

const east = 'us-east-1';
const west = 'us-west-2';

describe('forty steps that look every other second', () => {
  it.each<[string, FaultInput]>([
    ['throttles', { kind: 'call', fails: 'throttling', region: east }],
    ['fails at everything', { kind: 'call', fails: 'error', region: east }],
    ['is dark', { kind: 'region-dark', region: east }],
  ])('slow down together where AWS %s, and leave another Region alone', async (_what, fault) => {
    const { world, calls, answered, blow } = makeStorm();
    world.setFault(fault);
    await blow([east, west]);
    expect(answered[east]).toBeUndefined();
    expect(calls[east]).toBeLessThan(30);
    expect(answered[west]).toBeGreaterThan(5 * (calls[east] ?? 0));
  });

  it('go on as before once AWS answers', async () => {
    const { world, calls, answered, blow } = makeStorm();
    world.setFault({ kind: 'call', fails: 'throttling', times: 5 });
    await blow([east, west]);
    expect(calls).toEqual({ [east]: expect.any(Number), [west]: expect.any(Number) });
    expect((answered[east] ?? 0) + (answered[west] ?? 0)).toBeGreaterThan(10 * 5);
  });
});
