import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLeapingClock, type LeapingClock } from '../../src/clock/leaping-clock.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { copyMadeStore } from '../support/made-store.ts';

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

it("a rehearsal's time does not leap while its database works, in a thread of its own", async () => {
  const asleep = clock.sleep(hour);
  await store.tx((tx) => tx.query('select count(*) from generate_series(1, 2000000)'));
  expect(clock.now().getTime() - origin.getTime()).toBeLessThan(hour / 2);
  await asleep;
  expect(clock.now().getTime() - origin.getTime()).toBeGreaterThanOrEqual(hour);
});
