import { describe, expect, it } from '@jest/globals';
import { open, useStatuspage } from './courier-stage.ts';

describe('the courier to a Statuspage that refuses or is away', () => {
  const { far, restart, courierTo } = useStatuspage();

  it.each([420, 429] as const)('waits as long as it is told after a %s', async (limitStatus) => {
    await restart({ limitStatus });
    const headers = { authorization: `OAuth ${far().key}` };
    for (let call = 0; call < 60; call += 1) await fetch(`${far().url}/pages/page01/incidents`, { headers });
    const delivery = await courierTo().deliver(open, 'k', false);
    expect(delivery).toMatchObject({
      state: 'later',
      why: expect.stringMatching(
        /^Statuspage takes no more requests for the next \d+ seconds?: the key allows one a second\.$/,
      ),
    });
    expect(delivery.state === 'later' && delivery.afterMs).toBeGreaterThanOrEqual(1_000);
    const refused = far().page.refused.length;
    expect(await courierTo().deliver(open, 'k', false)).toMatchObject({ state: 'later' });
    expect(far().page.refused).toHaveLength(refused);
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
      expect(JSON.stringify(delivery)).not.toContain('key' in over ? over.key : far().key);
    },
  );

  it('says in one sentence that a key may not change the page', async () => {
    await restart({ readingKey: 'k3y-for-readers' });
    const delivery = await courierTo({ key: 'k3y-for-readers', remoteId: null }).deliver(open, 'k', false);
    expect(delivery).toMatchObject({
      state: 'later',
      why: expect.stringContaining('The Statuspage key may not open the incident on page page01'),
    });
    expect(JSON.stringify(delivery)).not.toContain('k3y');
  });

  it.each(['503', 'refused'] as const)('tries later when the page is away (%s)', async (down) => {
    far().faults.down = down;
    expect(await courierTo().deliver(open, 'k', false)).toMatchObject({ state: 'later' });
    expect(far().page.incidents).toEqual([]);
  });

  it('does not wait for an answer for ever', async () => {
    far().faults.slowMs = 900;
    expect(await courierTo().deliver(open, 'k', false)).toMatchObject({
      state: 'later',
      why: 'Statuspage could not be asked to list its incidents (it did not answer in time).',
    });
  });
});
