import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type FarEnds, startFarEnds } from '../../../sandbox/far-ends.ts';
import { startPage } from '../../../sandbox/server.ts';
import { paceRefused, setPace } from '../../../sandbox/web/src/state/pace.ts';
import type { Served } from '../../../sandbox/wire/serve.ts';
import { createScaledClock, type ScaledClock } from '../../../src/clock/scaled-clock.ts';
import { home, scopes } from '../home.ts';

let clock: ScaledClock;
let farEnds: FarEnds;
let page: Served;
const { fetch: plain } = globalThis;

beforeEach(async () => {
  const now = new Date();
  clock = createScaledClock({ realOrigin: now, origin: now, scale: 10 });
  farEnds = await startFarEnds({ home, clock, granted: { scopes, events: [], shouldEscape: false } });
  page = await startPage({ home, farEnds, clock });
  // Addresses without a host are the page's own, as in a browser.
  globalThis.fetch = (path, init) => plain(typeof path === 'string' ? new URL(path, page.url) : path, init);
});
afterEach(async () => {
  globalThis.fetch = plain;
  await page.stop();
  await farEnds.stop();
});

it('keeps why time did not take a pace until it takes one', async () => {
  await setPace(601);
  expect(paceRefused.get()).toMatch(/^Time was not set to 601×: .*600/s);
  expect(clock.scale).toBe(10);
  await setPace(60);
  expect(paceRefused.get()).toBeNull();
  expect(clock.scale).toBe(60);
});
