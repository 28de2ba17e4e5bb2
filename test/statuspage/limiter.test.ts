import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type SimulatedStatuspage, startStatuspage } from '../../sandbox/statuspage/start.ts';
import { stopwatch } from '../../src/clock/stopwatch.ts';
import { createStatuspageClient } from '../../src/statuspage/client.ts';
import { townHome } from '../support/town.ts';

const spacingMs = 60;

describe('what paces the requests of one key', () => {
  let far: SimulatedStatuspage;
  beforeEach(async () => {
    far = await startStatuspage({ home: townHome });
  });
  afterEach(() => far.stop());

  const client = (over: { key?: string; page?: string } = {}) =>
    createStatuspageClient({
      baseUrl: far.url,
      key: far.key,
      page: 'page01',
      spacingMs,
      elapsed: stopwatch.elapsed,
      ...over,
    });

  it('keeps all who use a key apart, whichever page they speak of', async () => {
    const began = stopwatch.elapsed();
    await Promise.all([
      client().recent(),
      client().recent(),
      client().components(),
      client({ page: 'other' })
        .recent()
        .catch(() => {}),
    ]);
    expect(stopwatch.elapsed() - began).toBeGreaterThanOrEqual(3 * spacingMs - 5);
  });

  it('asks nothing more of a key that was told to wait', async () => {
    const key = far.key;
    for (let call = 0; call < 60; call += 1) {
      await fetch(`${far.url}/pages/page01/incidents`, { headers: { authorization: `OAuth ${key}` } });
    }
    await expect(client().recent()).rejects.toMatchObject({ limited: true });
    await expect(client().components()).rejects.toMatchObject({ limited: true });
    expect(far.page.refused).toHaveLength(1);
  });

  it('reads one list for all who ask for it at once', async () => {
    const one = client();
    const [first, second] = await Promise.all([one.unresolved(1000), one.unresolved(1000)]);
    expect(second).toBe(first);
    expect(await one.unresolved(0)).not.toBe(first);
  });

  it('does not remember a list that could not be read', async () => {
    const one = client();
    far.faults.down = '503';
    await expect(one.unresolved(60_000)).rejects.toThrow('503');
    far.faults.down = 'no';
    expect(await one.unresolved(60_000)).toEqual([]);
  });

  it('lists every component of a page that has more than fit one answer', async () => {
    const [some] = far.page.components.values();
    if (!some) throw new Error('the page has no component');
    for (let count = 0; count < 150; count += 1) far.page.components.set(`c${count}`, { ...some, id: `c${count}` });
    expect(await client().components()).toHaveLength(far.page.components.size);
  });
});
