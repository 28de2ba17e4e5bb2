import { describe, expect, it } from '@jest/globals';
import type { NewIncident } from '../../sandbox/statuspage/fields.ts';
import { openIncident } from '../../sandbox/statuspage/incidents.ts';
import { open, update, useStatuspage } from './courier-stage.ts';

describe('the courier to a Statuspage on which people post by hand', () => {
  const { far, courierTo, updates } = useStatuspage();
  const byHand = (over: Partial<NewIncident> = {}) =>
    openIncident(far().page, { name: 'Disruption', status: 'investigating', deliver_notifications: true, ...over });
  const since = () => ({ since: new Date(Date.now() - 60_000).toISOString() });

  it('goes on with what a person has opened by hand, and marks it as its own', async () => {
    const remote = byHand({ name: ' disruption ' });
    byHand({ name: 'Something else' });
    const courier = courierTo({ remoteId: null, byHand: true });
    expect(await courier.deliver({ ...open, body: 'Back.', status: 'monitoring' }, 'k', false)).toMatchObject({
      state: 'sent',
      receipt: { id: remote.id },
    });
    expect(remote).toMatchObject({ status: 'monitoring', metadata: { muster: { incident: 'INC-7' } } });
    expect(far().page.incidents).toHaveLength(2);
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
});
