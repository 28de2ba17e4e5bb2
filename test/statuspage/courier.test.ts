import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NewIncident } from '../../sandbox/statuspage/fields.ts';
import { openIncident } from '../../sandbox/statuspage/incidents.ts';
import { type SimulatedStatuspage, startStatuspage } from '../../sandbox/statuspage/start.ts';
import { stopwatch } from '../../src/clock/stopwatch.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import { createStatuspageClient } from '../../src/statuspage/client.ts';
import { createStatuspageCourier } from '../../src/statuspage/courier.ts';
import { townHome } from '../support/town.ts';

type PageWords = Extract<Outgoing, { to: 'statuspage' }>;

const open: PageWords = {
  to: 'statuspage',
  do: 'open',
  incidentId: 7,
  name: 'Disruption',
  body: 'We look.',
  status: 'investigating',
  components: { cmp_api: 'major_outage' },
  notify: true,
};
const update: PageWords = {
  to: 'statuspage',
  do: 'update',
  incidentId: 7,
  body: 'Back.',
  status: 'monitoring',
  components: {},
  notify: true,
};
const resolve: PageWords = { ...update, body: 'Over.', status: 'resolved', components: { cmp_api: 'operational' } };

describe('the courier to Statuspage', () => {
  let far: SimulatedStatuspage;
  beforeEach(async () => {
    far = await startStatuspage({ home: townHome });
  });
  afterEach(() => far.stop());

  interface Over {
    key?: string;
    page?: string;
    store?: string;
    crash?: typeof noCrash;
    remoteId?: string | null;
    byHand?: boolean;
  }
  const courierTo = ({ store = 'store-1', crash = noCrash, remoteId, byHand = false, ...over }: Over = {}) =>
    createStatuspageCourier({
      client: createStatuspageClient({
        baseUrl: far.url,
        key: far.key,
        page: 'page01',
        elapsed: stopwatch.elapsed,
        spacingMs: 1,
        timeoutMs: 300,
        ...over,
      }),
      known: async () => ({
        remoteId: remoteId === undefined ? (far.page.incidents[0]?.id ?? null) : remoteId,
        byHand,
        name: 'Disruption',
        origin: { incident: 'INC-7', store, declared: '2026-03-01T14:00:00.000Z' },
      }),
      crash,
    });
  const byHand = (over: Partial<NewIncident> = {}) =>
    openIncident(far.page, { name: 'Disruption', status: 'investigating', deliver_notifications: true, ...over });
  const since = () => ({ since: new Date(Date.now() - 60_000).toISOString() });
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
    const courier = courierTo({ ...(method === 'POST' && { remoteId: null }) });
    if (outgoing.do === 'update') await courier.deliver(open, 'k', false);
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
    await courierTo({ remoteId: null }).deliver(open, 'k', true);
    await expect(dying.deliver(update, 'k', false)).rejects.toThrow('killed');
    await courierTo().deliver(update, 'k', true);
    expect(updates()).toEqual(['monitoring', 'investigating']);
  });

  it('opens once what was resolved on the page before the answer came', async () => {
    const courier = courierTo({ remoteId: null });
    far.faults.lose = { times: 1, of: 'POST' };
    await courier.deliver(open, 'k', false);
    const [remote] = far.page.incidents;
    if (remote) Object.assign(remote, { status: 'resolved', resolved_at: '2026-11-21T12:00:00Z' });
    expect(await courier.deliver(open, 'k', true)).toMatchObject({ state: 'sent', receipt: { id: remote?.id } });
    expect(far.page.incidents).toHaveLength(1);
  });

  it('takes over nothing of another store, nor of an older incident with the same number', async () => {
    await courierTo({ remoteId: null, store: 'store-0' }).deliver(open, 'k', false);
    await courierTo({ remoteId: null }).deliver(open, 'k', true);
    expect(far.page.incidents.map((one) => one.metadata.muster)).toEqual([
      { incident: 'INC-7', store: 'store-1', declared: '2026-03-01T14:00:00.000Z' },
      { incident: 'INC-7', store: 'store-0', declared: '2026-03-01T14:00:00.000Z' },
    ]);
  });

  it('updates what was opened meanwhile, when several words were to open it', async () => {
    const courier = courierTo({ remoteId: null });
    await courier.deliver(open, 'k1', false);
    await courierTo({ remoteId: null }).deliver({ ...open, body: 'We found it.', status: 'identified' }, 'k2', false);
    expect(far.page.incidents).toHaveLength(1);
    expect(updates()).toEqual(['identified', 'investigating']);
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

  it('goes on with what a person has opened by hand, and marks it as its own', async () => {
    const remote = byHand({ name: ' disruption ' });
    byHand({ name: 'Something else' });
    const courier = courierTo({ remoteId: null, byHand: true });
    expect(await courier.deliver({ ...open, body: 'Back.', status: 'monitoring' }, 'k', false)).toMatchObject({
      state: 'sent',
      receipt: { id: remote.id },
    });
    expect(remote).toMatchObject({ status: 'monitoring', metadata: { muster: { incident: 'INC-7' } } });
    expect(far.page.incidents).toHaveLength(2);
  });

  it('does not guess which of several a person has opened', async () => {
    byHand({ name: 'This' });
    byHand({ name: 'That' });
    expect(await courierTo({ remoteId: null, byHand: true }).deliver(open, 'k', false)).toMatchObject({
      state: 'refused',
      why: expect.stringContaining('name it "Disruption", or go on by hand'),
    });
    expect(updates()).toEqual(['investigating', 'investigating']);
  });

  it.each([
    ['under another name', ['Database maintenance']],
    ['twice under this one', ['Disruption', 'disruption']],
  ])('leaves alone what may be of other people: %s', async (_, names) => {
    for (const name of names) byHand({ name });
    for (const words of [open, { ...open, byHand: since() }]) {
      expect(await courierTo({ remoteId: null, byHand: true }).deliver(words, 'k', true)).toMatchObject({
        state: 'refused',
        why: expect.stringContaining('name it "Disruption", or go on by hand'),
      });
    }
    expect(updates()).toEqual(names.map(() => 'investigating'));
  });

  it('says the same words again when they change what components show', async () => {
    const courier = courierTo();
    await courier.deliver(open, 'k1', false);
    const worse = { ...open, components: { cmp_api: 'degraded_performance' as const } };
    await courier.deliver(worse, 'k2', false);
    expect(far.page.components.get('cmp_api')?.status).toBe('degraded_performance');
    await courier.deliver({ ...open, components: { cmp_api: 'operational' } }, 'k3', true);
    expect(far.page.components.get('cmp_api')?.status).toBe('operational');
    await courier.deliver({ ...open, components: { cmp_api: 'operational' } }, 'k3', true);
    expect(updates()).toHaveLength(3);
  });

  it('posts nothing more where a person has posted it in other words', async () => {
    const remote = byHand({ name: 'Disruption', body: 'Sorry!' });
    const courier = courierTo({ remoteId: null });
    expect(await courier.deliver({ ...open, byHand: since() }, 'k', true)).toMatchObject({
      receipt: { id: remote.id },
    });
    expect(updates()).toEqual(['investigating']);
    expect(await courierTo().deliver({ ...update, byHand: since() }, 'k', true)).toMatchObject({ state: 'sent' });
    expect(updates()).toEqual(['investigating']);
  });

  it('posts what a person has not posted after all', async () => {
    await courierTo({ remoteId: null }).deliver({ ...open, byHand: since() }, 'k', true);
    expect(updates()).toEqual(['investigating']);
  });

  it('has nothing to update where nothing was opened', async () => {
    expect(await courierTo().deliver(update, 'k', false)).toMatchObject({
      state: 'refused',
      why: expect.stringContaining('never opened'),
    });
  });

  it('says that an incident was deleted on the page', async () => {
    expect(await courierTo({ remoteId: 'gone' }).deliver(update, 'k', false)).toMatchObject({
      state: 'refused',
      why: 'Statuspage could not read the incident: it is not on page page01 any more. Somebody has deleted it, or statuspage.page in muster.yml has changed.',
    });
  });

  it.each([420, 429] as const)('waits as long as it is told after a %s', async (limitStatus) => {
    await far.stop();
    far = await startStatuspage({ home: townHome, limitStatus });
    const headers = { authorization: `OAuth ${far.key}` };
    for (let call = 0; call < 60; call += 1) await fetch(`${far.url}/pages/page01/incidents`, { headers });
    const delivery = await courierTo().deliver(open, 'k', false);
    expect(delivery).toMatchObject({
      state: 'later',
      why: expect.stringMatching(
        /^Statuspage takes no more requests for the next \d+ seconds?: the key allows one a second\.$/,
      ),
    });
    expect(delivery.state === 'later' && delivery.afterMs).toBeGreaterThanOrEqual(1_000);
    const refused = far.page.refused.length;
    expect(await courierTo().deliver(open, 'k', false)).toMatchObject({ state: 'later' });
    expect(far.page.refused).toHaveLength(refused);
  });

  it.each([
    [
      'a wrong key',
      { key: 'k3y-that-is-wrong' },
      open,
      'later',
      'does not know the key: put a valid one into STATUSPAGE_API_KEY',
    ],
    [
      'a wrong page',
      { page: 'nowhere' },
      open,
      'refused',
      'has no page nowhere for this key: check statuspage.page in muster.yml',
    ],
    [
      'an unknown component',
      {},
      { ...open, components: { cmp_x: 'major_outage' as const } },
      'refused',
      'Component cmp_x does not exist. Check the component ids',
    ],
  ] as const)(
    'says in one sentence what to do about %s, without the key',
    async (_, over, outgoing, state, sentence) => {
      const delivery = await courierTo(over).deliver(outgoing, 'k', false);
      expect(delivery).toMatchObject({ state, why: expect.stringContaining(sentence) });
      expect(JSON.stringify(delivery)).not.toContain('key' in over ? over.key : far.key);
    },
  );

  it('says in one sentence that a key may not change the page', async () => {
    await far.stop();
    far = await startStatuspage({ home: townHome, readingKey: 'k3y-for-readers' });
    const delivery = await courierTo({ key: 'k3y-for-readers', remoteId: null }).deliver(open, 'k', false);
    expect(delivery).toMatchObject({
      state: 'later',
      why: expect.stringContaining('The Statuspage key may not open the incident on page page01'),
    });
    expect(JSON.stringify(delivery)).not.toContain('k3y');
  });

  it.each(['503', 'refused'] as const)('tries later when the page is away (%s)', async (down) => {
    far.faults.down = down;
    expect(await courierTo().deliver(open, 'k', false)).toMatchObject({ state: 'later' });
    expect(far.page.incidents).toEqual([]);
  });

  it('does not wait for an answer for ever', async () => {
    far.faults.slowMs = 900;
    expect(await courierTo().deliver(open, 'k', false)).toMatchObject({
      state: 'later',
      why: 'Statuspage could not be asked to list its incidents (it did not answer in time).',
    });
  });
});
