import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FarEnds, startFarEnds } from '../../../sandbox/far-ends.ts';
import { startPage } from '../../../sandbox/server.ts';
import { type Keep, quicken, slacken } from '../../../sandbox/web/src/guide/watched-pace.ts';
import { paceRefused, setPace } from '../../../sandbox/web/src/state/pace.ts';
import type { Served } from '../../../sandbox/wire/serve.ts';
import { createScaledClock, type ScaledClock } from '../../../src/clock/scaled-clock.ts';
import { exampleCloud } from '../../support/example-cloud.ts';
import { home, scopes } from '../home.ts';

let clock: ScaledClock;
let farEnds: FarEnds;
let page: Served;
const { fetch: plain } = globalThis;

beforeEach(async () => {
  const now = new Date();
  clock = createScaledClock({ realOrigin: now, origin: now, scale: 10 });
  farEnds = await startFarEnds({
    home,
    clock,
    cloud: exampleCloud('acme'),
    granted: { scopes, events: [], shouldEscape: false },
  });
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

describe('the pace while the guide watches a run', () => {
  const keepIn = (kept: Map<string, string>): Keep => ({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  });

  it('is set back to what it was, also after a reload in the middle', async () => {
    const keep = keepIn(new Map());
    await quicken(keep, 10);
    expect(clock.scale).toBe(60);
    await quicken(keep, 60);
    await slacken(keep, 60);
    expect(clock.scale).toBe(10);
  });

  it('is left as somebody chose it meanwhile, or long after', async () => {
    const keep = keepIn(new Map());
    await quicken(keep, 10);
    await setPace(300);
    await slacken(keep, 300);
    expect(clock.scale).toBe(300);
    await setPace(60);
    await slacken(keep, 60);
    expect(clock.scale).toBe(60);
  });

  it('does not stop time again', async () => {
    const keep = keepIn(new Map());
    await quicken(keep, 0);
    await slacken(keep, 60);
    expect(clock.scale).toBe(60);
  });
});
