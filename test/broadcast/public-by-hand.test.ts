import { describe, expect, it } from '@jest/globals';
import { openIncident } from '../../sandbox/statuspage/incidents.ts';
import { createBroadcast } from '../../src/broadcast/create-broadcast.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { usePage } from '../support/page-stage.ts';
import { embeddedStores } from '../support/stores.ts';
import { ana, cat, type Town, useTown } from '../support/town.ts';

const minuteMs = 60_000;

/** What was handed to publishers to be copied, in order. */
async function copies(town: Town, incidentId: number): Promise<Extract<Notice, { kind: 'sentence' }>[]> {
  const rows = await town.outbox(incidentId);
  return rows.flatMap(({ document }) =>
    document.to === 'slack' &&
    document.do === 'post' &&
    document.notice.kind === 'sentence' &&
    document.notice.button?.action === 'public.posted'
      ? [document.notice]
      : [],
  );
}

describe('public words without a key', () => {
  const town = useTown(embeddedStores(), { hasStatuspageKey: false });
  const page = usePage(town);

  it('are handed to publishers, who say when they have posted them', async () => {
    const { id } = await town.declare();
    expect(await page.publish(id, { body: 'We look.' })).toContain('Nothing was posted: there is no Statuspage key');
    await page.publish(id);
    const [copy, ...more] = await copies(town, id);
    expect(more).toEqual([]);
    expect(copy).toMatchObject({ mention: ['U0CAT'], button: { action: 'public.posted', incidentId: id } });
    for (const part of [
      'https://manage.statuspage.io/pages/page01',
      'Acme Shop: disruption of api',
      'We look.',
      'cmp_api',
    ])
      expect(copy?.text).toContain(part);
    expect((await town.outbox(id)).some((row) => row.lane.startsWith('statuspage:'))).toBe(false);
    expect((await town.incidents().view(id)).publicPage.state).toBe('draft');

    await expect(page.posted(id, ana)).rejects.toThrow('Only a publisher may');
    expect(await page.posted(id)).toContain('count as posted by you');
    expect((await town.incidents().view(id)).publicPage).toEqual({ state: 'open', url: null });
    await expect(page.posted(id)).rejects.toThrow('No public words of');
    await town.incidents().resolve({ incidentId: id }, ana);
    expect((await copies(town, id)).at(-1)?.text).toContain('*Status:* resolved');
    await page.posted(id);
    expect((await town.incidents().view(id)).publicPage.state).toBe('resolved');
    expect(await page.promises(id)).toEqual(['kept']);
  });

  it('end with the last words to copy, also when nobody said that the first were posted', async () => {
    const { id } = await town.declare();
    await page.publish(id, { body: 'We look.' });
    await town.incidents().resolve({ incidentId: id }, ana);
    expect((await copies(town, id)).map((copy) => /\*Status:\* (\w+)/.exec(copy.text)?.[1])).toEqual([
      'investigating',
      'resolved',
    ]);
    await page.posted(id);
    expect((await town.incidents().view(id)).publicPage.state).toBe('resolved');
  });

  it('count only as far as they were posted: newer ones wait', async () => {
    const { id } = await town.declare();
    await page.publish(id, { body: 'We look.' });
    await town.incidents().resolve({ incidentId: id }, ana);
    const [first, last] = (await copies(town, id)).map((copy) => copy.button?.broadcastId);
    if (first === undefined || last === undefined) throw new Error('a button does not say which words are above it');
    const press = (broadcastId: string) =>
      createBroadcast(page.deps()).updates.posted({ incidentId: id, broadcastId }, cat);
    expect(await press(first)).toContain('newer ones still wait: copy those below from the channel');
    expect((await town.incidents().view(id)).publicPage.state).toBe('open');
    await expect(press(first)).rejects.toThrow('No public words of');
    expect(await press(last)).toContain('count as posted by you, and Muster does not post them again');
    expect((await town.incidents().view(id)).publicPage.state).toBe('resolved');
  });

  it('break their promise when nobody posts them', async () => {
    const { id } = await town.declare();
    await page.publish(id, { body: 'We look.' });
    await page.posted(id);
    await page.pass(32 * minuteMs);
    expect(await page.promises(id)).toEqual(['broken', 'open']);
    await page.posted(id);
    expect(await page.promises(id)).toEqual(['broken', 'open']);
  });

  it('answer what older words were to answer, when only the newest were posted', async () => {
    const { id } = await town.declare();
    await page.publish(id, { body: 'We look.' });
    await page.posted(id);
    await page.pass(15 * minuteMs);
    await town.endRun(id, await town.startRun(id), 'failed');
    await page.pass(minuteMs);
    await town.endRun(id, await town.startRun(id), 'succeeded');
    expect(await copies(town, id)).toHaveLength(3);
    await page.posted(id);
    expect(await page.promises(id)).toEqual(['kept', 'released', 'open']);
  });
});

describe('public words while the page is down', () => {
  const town = useTown(embeddedStores());
  const page = usePage(town);
  const downPastPromise = async () => {
    const { id } = await town.declare();
    await page.publish(id, { body: 'We look.' });
    await page.deliver();
    page.far().faults.down = '503';
    await page.pass(35 * minuteMs);
    return id;
  };

  it('are handed to publishers once, and go out when it is back', async () => {
    const id = await downPastPromise();
    expect(await copies(town, id)).toHaveLength(1);
    expect((await copies(town, id))[0]?.text).toContain(`/incidents/${page.shown(id)?.id}`);
    expect(await page.promises(id)).toEqual(['broken', 'open']);
    page.far().faults.down = 'no';
    await page.pass(minuteMs);
    expect(page.shown(id)?.incident_updates).toHaveLength(2);
    await town.incidents().resolve({ incidentId: id }, ana);
    await page.deliver();
  });

  it('are not posted again when a publisher has posted them in other words', async () => {
    const id = await downPastPromise();
    const remote = page.shown(id);
    const at = town.clock.now().toISOString();
    const update = { status: 'investigating', body: 'By hand.', created_at: at, display_at: at };
    remote?.incident_updates.unshift({
      ...update,
      id: 'by-hand',
      incident_id: remote.id,
      deliver_notifications: true,
      affected_components: [],
    });
    expect(await page.posted(id)).toContain('it looks at the page before it says anything');
    page.far().faults.down = 'no';
    await page.pass(minuteMs);
    expect(remote?.incident_updates.map((one) => one.body)).toEqual(['By hand.', expect.stringContaining('We look.')]);
    await town.incidents().resolve({ incidentId: id }, ana);
    await page.deliver();
  });

  it('go on at the incident that a publisher has opened by hand', async () => {
    page.far().faults.down = 'refused';
    const { id } = await town.declare();
    await page.publish(id, { body: 'We look.' });
    expect(await page.posted(id)).toContain('Muster does not post them again');
    const [row] = (await town.outbox(id)).filter((one) => one.lane.startsWith('statuspage:'));
    const name = row?.document.to === 'statuspage' && row.document.do === 'open' ? row.document.name : '';
    page.far().faults.down = 'no';
    const byHand = openIncident(page.far().page, {
      name,
      body: 'We look.',
      status: 'investigating',
      deliver_notifications: true,
    });
    await page.deliver();
    expect(byHand.incident_updates).toHaveLength(1);
    await town.incidents().resolve({ incidentId: id }, ana);
    await page.deliver();
    expect(page.shown(id)).toBe(byHand);
    expect(byHand.incident_updates.map((one) => one.status)).toEqual(['resolved', 'investigating']);
    expect((await town.incidents().view(id)).publicPage).toEqual({ state: 'resolved', url: byHand.shortlink });
  });
});
