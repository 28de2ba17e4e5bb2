import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createAws } from '../../src/actions/kit/aws.ts';
import { createLeapingClock, type LeapingClock } from '../../src/clock/leaping-clock.ts';
import { stopwatch } from '../../src/clock/stopwatch.ts';
import { createDurable } from '../../src/durable/durable.ts';
import { simulatedCredentials, simulatedPlugin } from '../../src/sim/index.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { copyMadeStore } from '../support/made-store.ts';
import { createQuietLog } from '../support/quiet-log.ts';

const origin = new Date('2026-11-21T12:00:00Z');
const hour = 3_600_000;

let dataDir: string;
let clock: LeapingClock;
let store: OpenStore;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'muster-'));
  await copyMadeStore(dataDir);
  clock = createLeapingClock(origin);
  store = await openStore({ dataDir, purpose: 'sandbox', subscribers: [], clock });
});
afterAll(async () => {
  clock.stop();
  await store.close();
  await rm(dataDir, { recursive: true });
});

/** How far time went while `work` was done and somebody slept for an hour; then that hour passes. */
async function passed(work: () => Promise<unknown>): Promise<number> {
  const began = clock.now().getTime();
  const asleep = clock.sleep(hour);
  await work();
  const ms = clock.now().getTime() - began;
  await asleep;
  expect(clock.now().getTime() - began).toBeGreaterThanOrEqual(hour);
  return ms;
}

it("a rehearsal's time does not leap while its database works, in a thread of its own", async () => {
  const count = () => store.tx((tx) => tx.query('select count(*) from generate_series(1, 2000000)'));
  expect(await passed(count)).toBeLessThan(hour / 2);
});

it('nor while the SDK waits before it tries a call again', async () => {
  let calls = 0;
  const busy = { name: 'ThrottlingException', message: 'slow down', status: 400, retryable: true, throttling: true };
  const send = async () => {
    calls += 1;
    return calls < 3 ? { ok: false as const, error: busy } : { ok: true as const, output: { DBInstances: [] } };
  };
  const aws = createAws({
    ...{ clock, plugins: [simulatedPlugin(send)], credentials: () => simulatedCredentials },
    beforeEffect: async () => undefined,
  });
  const ask = () =>
    aws
      .session({ signal: new AbortController().signal, purpose: 'run' })
      .rds('us-east-1')
      .send(new DescribeDBInstancesCommand({}));
  expect(await passed(ask)).toBeLessThan(hour / 2);
  expect(calls).toBe(3);
  aws.close();
});

it('nor before a workflow has begun that was started', async () => {
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const durable = await createDurable({
    ...{ store, executor: 'here', clock, stopwatch, log: createQuietLog(), onLost: () => undefined },
    workflows: { note: async (flow) => flow.step('note', async () => begin()) },
  });
  // The engine has come to rest: it looks for what was started from time to time.
  await clock.sleep(hour);
  const start = () => store.tx((tx) => durable.engine.startIn(tx, 'note', 'n1', {}));
  const ms = await passed(() => start().then(() => begun));
  await durable.stop();
  expect(ms).toBeLessThan(hour / 2);
});
