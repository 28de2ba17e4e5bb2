import { expect, it } from '@jest/globals';
import type { BroadcastDeps } from '../../../src/broadcast/deps.ts';
import { watchDue } from '../../../src/broadcast/due/watch.ts';
import { deliverDue } from '../../support/far-end.ts';
import { describeWith } from '../../support/needs.ts';
import { postgresStores } from '../../support/stores.ts';
import { minute, useStreet } from './street.ts';

describeWith('postgres', 'two processes that watch at once', () => {
  const street = useStreet(postgresStores());
  const both = <T>(work: (deps: BroadcastDeps) => Promise<T>) =>
    Promise.all(Array.from({ length: 4 }, () => work(street.deps())));

  it('say what is due once, and count a broken promise once', async () => {
    const incidents = [await street.declare(), await street.declare(), await street.declare()];
    for (const wait of [5, 25, 5, 25]) {
      await street.clock.advance(wait * minute);
      await both(watchDue);
      await both(deliverDue);
    }
    await street.clock.advance(32 * minute);
    await both(watchDue);
    expect(street.errors).toEqual([]);
    for (const incident of incidents) {
      expect((await street.schedule(incident)).sort()).toEqual([
        '0:00:00 stakeholders automatic',
        '0:05:00 public holding',
        '0:30:00 responders automatic',
        '0:30:00 stakeholders automatic',
        '0:35:00 public holding',
        '1:00:00 responders automatic',
        '1:00:00 stakeholders automatic',
        '1:32:00 public holding',
        '1:32:00 responders automatic',
        '1:32:00 stakeholders automatic',
      ]);
      expect(await street.viewOf(incident, 'responders')).toMatchObject({ kept: 1, broken: 1 });
      expect(await street.posts(incident, 'broken:')).toHaveLength(3);
      const asked = (await street.posts(incident, 'asked_')).map((one) => one.at);
      expect(asked).toEqual(['0:05:00', '0:30:00', '1:00:00', '1:32:00']);
    }
  });

  it('settle a message once when its last two destinations have it at the same moment', async () => {
    const incident = await street.declare();
    await both(deliverDue);
    const [first] = await street.said(incident.id);
    expect(first).toMatchObject({ audience: 'stakeholders', state: 'delivered' });
    const entries = await street
      .store()
      .tx((tx) => tx.query(`select 1 from timeline where source = $1`, [`delivered:${first?.id}`]));
    expect(entries).toHaveLength(1);
    expect(street.errors).toEqual([]);
  });
});
