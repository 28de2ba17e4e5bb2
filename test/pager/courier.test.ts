import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type SimulatedPager, startPager } from '../../sandbox/pager/start.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Outgoing, PagerEvent } from '../../src/domain/notice.ts';
import { createPagerCourier } from '../../src/pager/courier.ts';
import { createManualClock } from '../support/manual-clock.ts';

const event: PagerEvent = {
  incidentId: 7,
  action: 'trigger',
  key: 'acme:INC-7:1795262400',
  label: 'INC-7',
  title: 'A "quoted" <title> & \\ more',
  severity: 'P1',
  summary: 'Nobody has acknowledged\nfor 30m',
};
const paging = (over: Partial<PagerEvent> = {}): Outgoing => ({
  to: 'pager',
  do: 'page',
  event: { ...event, ...over },
});

describe('the courier to the pager', () => {
  let far: SimulatedPager;
  beforeEach(async () => {
    far = await startPager();
  });
  afterEach(() => far.stop());

  const courierTo = (over: Partial<Parameters<typeof createPagerCourier>[0]> = {}) =>
    createPagerCourier({
      url: far.url,
      secret: far.secret,
      storeId: async () => 'store-1',
      real: systemClock,
      timeoutMs: 300,
      ...over,
    });

  it('posts the plain fields, signed, with a key of their own in the header', async () => {
    expect(await courierTo().deliver(paging(), 'page:1', false)).toEqual({ state: 'sent', receipt: { status: 202 } });
    const { incidentId: _id, ...fields } = event;
    expect(far.pages).toMatchObject([{ idempotencyKey: 'store-1:page:1', repeats: 0, body: fields }]);
    expect(far.refused).toEqual([]);
  });

  it('posts the body of muster.yml with an event’s values in it, whatever they hold', async () => {
    const body: Record<string, Json> = {
      event_action: '{{action}}',
      dedup_key: '{{key}}',
      payload: { summary: '{{label}}: {{title}}', source: 'acme', tags: ['dr', '{{severity}}'], urgent: true, n: 3 },
      note: '{{#if summary}}{{summary}}{{else}}none{{/if}}',
    };
    await courierTo({ body }).deliver(paging(), 'k', false);
    expect(far.pages[0]?.body).toEqual({
      event_action: 'trigger',
      dedup_key: event.key,
      payload: { summary: `INC-7: ${event.title}`, source: 'acme', tags: ['dr', 'P1'], urgent: true, n: 3 },
      note: event.summary,
    });
  });

  it('repeats one event under one key, so that it is taken once', async () => {
    far.faults.lose = { times: 1, of: 'trigger' };
    const courier = courierTo();
    expect(await courier.deliver(paging(), 'k', false)).toMatchObject({ state: 'later' });
    expect(await courier.deliver(paging(), 'k', true)).toMatchObject({ state: 'sent' });
    expect(far.pages).toMatchObject([{ idempotencyKey: 'store-1:k', repeats: 1 }]);
  });

  it.each([
    [429, { 'retry-after': '7' }, 7_000],
    [429, {}, 30_000],
    [429, { 'retry-after': '999999' }, 300_000],
    [429, { 'retry-after': 'Sat, 21 Nov 2026 12:00:20 GMT' }, 20_000],
    [503, { 'retry-after': '2' }, 2_000],
    [500, {}, 5_000],
    [500, { 'retry-after': 'soon' }, 5_000],
    [408, {}, 5_000],
  ])('waits when it answers %i with %j', async (status, headers, afterMs) => {
    far.answers = { times: 1, status, headers };
    const courier = courierTo({ real: createManualClock() });
    expect(await courier.deliver(paging(), 'k', false)).toMatchObject({ state: 'later', afterMs });
  });

  it.each([
    [400, {}, 'pager.body'],
    [401, {}, 'MUSTER_PAGER_SECRET'],
    [404, {}, 'pager.url'],
    [410, {}, 'The pager answered 410'],
  ])('gives up when it answers %i', async (status, headers, why) => {
    far.answers = { times: 1, status, headers };
    expect(await courierTo().deliver(paging(), 'k', false)).toMatchObject({
      state: 'refused',
      why: expect.stringContaining(why),
    });
  });

  it.each([
    ['is long', { 'content-type': 'text/html' }, (response: ServerResponse) => response.end('x'.repeat(200_000))],
    ['never ends', {}, (response: ServerResponse) => response.write('{')],
    ['is no gzip', { 'content-encoding': 'gzip' }, (response: ServerResponse) => response.end('plain')],
    [
      'breaks off',
      { 'content-length': '10' },
      (response: ServerResponse) => response.write('{', () => response.destroy()),
    ],
  ])('is believed by its status alone when what it says %s', async (_what, headers, say) => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(202, headers);
      say(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const courier = courierTo({ url: `http://127.0.0.1:${port}/` });
    const delivery = await courier.deliver(paging(), 'k', false);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(delivery).toEqual({ state: 'sent', receipt: { status: 202 } });
  });

  it('follows no redirect', async () => {
    const other = await startPager();
    far.answers = { times: 1, status: 307, headers: { location: other.url } };
    expect(await courierTo().deliver(paging(), 'k', false)).toMatchObject({
      state: 'refused',
      why: expect.stringContaining('a redirect, which is not followed'),
    });
    expect(other.pages).toEqual([]);
    await other.stop();
  });

  it.each([
    ['is down', { down: 'refused' }],
    ['is slow', { slowMs: 800 }],
  ] as const)('tries again later when it %s', async (_what, faults) => {
    Object.assign(far.faults, faults);
    expect(await courierTo().deliver(paging(), 'k', false)).toMatchObject({ state: 'later', afterMs: 5_000 });
  });

  it('says that the pager knows another secret, never which', async () => {
    const delivery = await courierTo({ secret: 'another-long-secret' }).deliver(paging(), 'k', false);
    expect(delivery).toMatchObject({ state: 'refused', why: expect.stringContaining('MUSTER_PAGER_SECRET') });
    expect(JSON.stringify(delivery)).not.toContain('another-long-secret');
    expect(far.pages).toEqual([]);
  });

  it('is not believed with a recording of yesterday', async () => {
    const yesterday = new Date(systemClock.now().getTime() - 86_400_000).toISOString();
    await courierTo({ real: createManualClock(yesterday) }).deliver(paging(), 'k', false);
    expect(far.refused).toMatchObject([{ status: 401, error: 'The signature is too old' }]);
  });
});
