import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type SimulatedStatuspage, startStatuspage } from '../../sandbox/statuspage/start.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import { createStatuspageClient } from '../../src/statuspage/client.ts';
import { createStatuspageCourier } from '../../src/statuspage/courier.ts';
import { townHome } from '../support/town.ts';

const open: Outgoing = {
  to: 'statuspage',
  do: 'open',
  incidentId: 7,
  name: 'Disruption',
  body: 'We look.',
  status: 'investigating',
  components: { cmp_api: 'major_outage' },
  notify: true,
};
const update: Outgoing = {
  to: 'statuspage',
  do: 'update',
  incidentId: 7,
  body: 'Back.',
  status: 'monitoring',
  components: {},
  notify: true,
};
const resolve: Outgoing = { ...update, body: 'Over.', status: 'resolved', components: { cmp_api: 'operational' } };

describe('the courier to Statuspage', () => {
  let far: SimulatedStatuspage;
  beforeEach(async () => {
    far = await startStatuspage({ home: townHome });
  });
  afterEach(() => far.stop());

  const courierTo = (over: { key?: string; page?: string; store?: string; crash?: typeof noCrash } = {}) =>
    createStatuspageCourier({
      client: createStatuspageClient({
        baseUrl: far.url,
        key: far.key,
        page: 'page01',
        spacingMs: 1,
        timeoutMs: 300,
        ...over,
      }),
      store: over.store ?? 'real',
      remoteIdOf: async () => far.page.incidents[0]?.id ?? null,
      crash: over.crash ?? noCrash,
    });
  const updates = () => far.page.incidents.flatMap((one) => one.incident_updates.map((each) => each.status));

  it('opens, updates and resolves', async () => {
    const courier = courierTo();
    for (const outgoing of [open, update, resolve]) {
      expect(await courier.deliver(outgoing, 'k', false)).toMatchObject({
        state: 'sent',
        receipt: { id: far.page.incidents[0]?.id, url: far.page.incidents[0]?.shortlink },
      });
    }
    expect(updates()).toEqual(['resolved', 'monitoring', 'investigating']);
    expect(far.page.notified).toHaveLength(3);
    expect(far.page.components.get('cmp_api')?.status).toBe('operational');
  });

  it.each([
    ['POST', open],
    ['PATCH', update],
  ] as const)('says once what was said although the answer to %s was lost', async (method, outgoing) => {
    const courier = courierTo();
    if (outgoing.to === 'statuspage' && outgoing.do === 'update') await courier.deliver(open, 'k', false);
    far.faults.lose = { times: 1, of: method };
    expect(await courier.deliver(outgoing, 'k', false)).toMatchObject({ state: 'later' });
    const before = updates();
    expect(await courier.deliver(outgoing, 'k', true)).toMatchObject({ state: 'sent' });
    expect(updates()).toEqual(before);
    expect(far.page.incidents).toHaveLength(1);
  });

  it('says once what was said although it died right after', async () => {
    const dying = courierTo({
      crash: () => {
        throw new Error('killed');
      },
    });
    await expect(dying.deliver(open, 'k', false)).rejects.toThrow('killed');
    await courierTo().deliver(open, 'k', true);
    await expect(dying.deliver(update, 'k', false)).rejects.toThrow('killed');
    await courierTo().deliver(update, 'k', true);
    expect(updates()).toEqual(['monitoring', 'investigating']);
  });

  it('leaves alone what another store has opened under the same number', async () => {
    await courierTo({ store: 'sandbox' }).deliver(open, 'k', false);
    await courierTo({ store: 'real' }).deliver(open, 'k', false);
    expect(far.page.incidents).toHaveLength(2);
  });

  it('leaves resolved what people have resolved on the page', async () => {
    const courier = courierTo();
    await courier.deliver(open, 'k', false);
    const [remote] = far.page.incidents;
    if (remote) Object.assign(remote, { status: 'resolved', resolved_at: '2026-11-21T12:00:00Z' });
    expect(await courier.deliver(update, 'k', false)).toMatchObject({
      state: 'refused',
      why: expect.stringContaining('Somebody has resolved INC-7'),
    });
    expect(await courier.deliver(resolve, 'k', false)).toMatchObject({ state: 'sent' });
    expect(updates()).toEqual(['investigating']);
  });

  it('has nothing to update where nothing was opened', async () => {
    expect(await courierTo().deliver(update, 'k', false)).toMatchObject({
      state: 'refused',
      why: expect.stringContaining('never opened'),
    });
  });

  it.each([420, 429] as const)('waits as long as it is told after a %s', async (limitStatus) => {
    await far.stop();
    far = await startStatuspage({ home: townHome, limitStatus });
    const headers = { authorization: `OAuth ${far.key}` };
    for (let call = 0; call < 60; call += 1) await fetch(`${far.url}/pages/page01/incidents`, { headers });
    const delivery = await courierTo().deliver(open, 'k', false);
    expect(delivery).toMatchObject({ state: 'later', why: 'Statuspage takes no more requests for the moment.' });
    expect(delivery.state === 'later' && delivery.afterMs).toBeGreaterThanOrEqual(1_000);
    expect(delivery.state === 'later' && delivery.afterMs % 1000).toBe(0);
  });

  it.each([
    [
      'a wrong key',
      { key: 'k3y-that-is-wrong' },
      open,
      'later',
      'does not accept the key (STATUSPAGE_API_KEY) for page page01',
    ],
    ['a wrong page', { page: 'nowhere' }, open, 'refused', 'nothing is there on page nowhere'],
    [
      'an unknown component',
      {},
      { ...open, components: { cmp_x: 'major_outage' as const } },
      'refused',
      'cmp_x does not exist',
    ],
  ] as const)(
    'says in one sentence what to do about %s, without the key',
    async (_, over, outgoing, state, sentence) => {
      const delivery = await courierTo(over).deliver(outgoing, 'k', false);
      expect(delivery).toMatchObject({ state, why: expect.stringContaining(sentence) });
      expect(JSON.stringify(delivery)).not.toContain('key' in over ? over.key : far.key);
    },
  );

  it.each(['503', 'refused'] as const)('tries later when the page is away (%s)', async (down) => {
    far.faults.down = down;
    expect(await courierTo().deliver(open, 'k', false)).toMatchObject({ state: 'later' });
    expect(far.page.incidents).toEqual([]);
  });

  it('does not wait for an answer for ever', async () => {
    far.faults.slowMs = 900;
    expect(await courierTo().deliver(open, 'k', false)).toMatchObject({
      state: 'later',
      why: expect.stringContaining('could not be asked'),
    });
  });
});
