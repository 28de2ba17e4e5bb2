import { describe, expect, it } from '@jest/globals';
import { open, update, useStatuspage } from './courier-stage.ts';

const resolve = { ...update, body: 'Over.', status: 'resolved', components: { cmp_api: 'operational' } } as const;

describe('the courier to Statuspage', () => {
  const { far, courierTo, updates } = useStatuspage();

  it('opens, updates and resolves', async () => {
    const courier = courierTo();
    for (const outgoing of [open, update, resolve]) {
      expect(await courier.deliver(outgoing, 'k', false)).toMatchObject({
        state: 'sent',
        receipt: { id: far().page.incidents[0]?.id, url: far().page.incidents[0]?.shortlink },
      });
    }
    expect(updates()).toEqual(['resolved', 'monitoring', 'investigating']);
    expect(far().page.notified).toHaveLength(3);
    expect(far().page.components.get('cmp_api')?.status).toBe('operational');
  });

  it.each([
    ['POST', open],
    ['PATCH', update],
  ] as const)('says once what was said although the answer to %s was lost', async (method, outgoing) => {
    const courier = courierTo({ ...(method === 'POST' && { remoteId: null }) });
    if (outgoing.do === 'update') await courier.deliver(open, 'k', false);
    far().faults.lose = { times: 1, of: method };
    expect(await courier.deliver(outgoing, 'k', false)).toMatchObject({ state: 'later' });
    const before = updates();
    expect(await courier.deliver(outgoing, 'k', true)).toMatchObject({ state: 'sent' });
    expect(updates()).toEqual(before);
    expect(far().page.incidents).toHaveLength(1);
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
    far().faults.lose = { times: 1, of: 'POST' };
    await courier.deliver(open, 'k', false);
    const [remote] = far().page.incidents;
    if (remote) Object.assign(remote, { status: 'resolved', resolved_at: '2026-11-21T12:00:00Z' });
    expect(await courier.deliver(open, 'k', true)).toMatchObject({ state: 'sent', receipt: { id: remote?.id } });
    expect(far().page.incidents).toHaveLength(1);
  });

  it('takes over nothing of another store, nor of an older incident with the same number', async () => {
    await courierTo({ remoteId: null, store: 'store-0' }).deliver(open, 'k', false);
    await courierTo({ remoteId: null }).deliver(open, 'k', true);
    expect(far().page.incidents.map((one) => one.metadata.muster)).toEqual([
      { incident: 'INC-7', store: 'store-1', declared: '2026-03-01T14:00:00.000Z' },
      { incident: 'INC-7', store: 'store-0', declared: '2026-03-01T14:00:00.000Z' },
    ]);
  });

  it('updates what was opened meanwhile, when several words were to open it', async () => {
    const courier = courierTo({ remoteId: null });
    await courier.deliver(open, 'k1', false);
    await courierTo({ remoteId: null }).deliver({ ...open, body: 'We found it.', status: 'identified' }, 'k2', false);
    expect(far().page.incidents).toHaveLength(1);
    expect(updates()).toEqual(['identified', 'investigating']);
  });

  it('leaves resolved what people have resolved on the page', async () => {
    const courier = courierTo();
    await courier.deliver(open, 'k', false);
    const [remote] = far().page.incidents;
    if (remote) Object.assign(remote, { status: 'resolved', resolved_at: '2026-11-21T12:00:00Z' });
    expect(await courier.deliver(update, 'k', false)).toMatchObject({
      state: 'refused',
      why: expect.stringContaining('Somebody has resolved INC-7'),
    });
    expect(await courier.deliver(resolve, 'k', false)).toMatchObject({ state: 'sent' });
    expect(updates()).toEqual(['investigating']);
  });

  it('says the same words again when they change what components show', async () => {
    const courier = courierTo();
    await courier.deliver(open, 'k1', false);
    const worse = { ...open, components: { cmp_api: 'degraded_performance' as const } };
    await courier.deliver(worse, 'k2', false);
    expect(far().page.components.get('cmp_api')?.status).toBe('degraded_performance');
    await courier.deliver({ ...open, components: { cmp_api: 'operational' } }, 'k3', true);
    expect(far().page.components.get('cmp_api')?.status).toBe('operational');
    await courier.deliver({ ...open, components: { cmp_api: 'operational' } }, 'k3', true);
    expect(updates()).toHaveLength(3);
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
});
