import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SimulatedStatuspage, startStatuspage } from '../../sandbox/statuspage/start.ts';
import { createBroadcast } from '../../src/broadcast/create-broadcast.ts';
import type { BroadcastDeps } from '../../src/broadcast/deps.ts';
import { remoteIdOf } from '../../src/broadcast/remote-id.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import { createStatuspageClient } from '../../src/statuspage/client.ts';
import { createStatuspageCourier } from '../../src/statuspage/courier.ts';
import { createFarEnd, deliverDue } from '../support/far-end.ts';
import { embeddedStores } from '../support/stores.ts';
import { ana, cat, townHome, useTown } from '../support/town.ts';

describe('the public page', () => {
  const town = useTown(embeddedStores());
  let far: SimulatedStatuspage;
  beforeAll(async () => {
    far = await startStatuspage({ home: townHome, now: town.clock.now });
  });
  afterAll(() => far.stop());

  const slack = createFarEnd('slack');
  const deps = (over: Partial<BroadcastDeps> = {}) => {
    const client = createStatuspageClient({ baseUrl: far.url, key: far.key, page: 'page01', spacingMs: 1 });
    const page = createStatuspageCourier({
      client,
      store: 'test',
      remoteIdOf: remoteIdOf(town.store()),
      crash: noCrash,
    });
    return town.broadcast({ couriers: [slack.courier, page], ...over });
  };
  const publish = (incidentId: number, over: { by?: typeof cat; body?: string } = {}) =>
    createBroadcast(deps()).publish(
      { incidentId, ...(over.body !== undefined && { body: over.body }) },
      over.by ?? cat,
    );
  const shown = (id: number) =>
    far.page.incidents.find((one) => (one.metadata.muster as { incident?: string })?.incident === `INC-${id}`);
  const statusOf = (component: string) => far.page.components.get(component)?.status;

  it('shows an incident from a publisher’s click to its end, with its own components only', async () => {
    const { id } = await town.declare({ services: ['api', 'web'], title: 'ana broke <b>checkout</b>' });
    expect(await publish(id, { body: 'We are on it & will be back.' })).toContain('is being opened');
    await deliverDue(deps());
    expect(shown(id)).toMatchObject({ name: 'Acme Shop: disruption of api, web', status: 'investigating' });
    expect(JSON.stringify(shown(id))).not.toContain('checkout');
    expect(['cmp_api', 'cmp_web', 'cmp_billing'].map(statusOf)).toEqual([
      'major_outage',
      'major_outage',
      'operational',
    ]);
    expect((await town.incidents().view(id)).publicPage).toEqual({ state: 'open', url: shown(id)?.shortlink });

    const failed = await town.startRun(id);
    await town.endRun(id, failed, 'failed', { note: 'secret detail' });
    const succeeded = await town.startRun(id);
    await town.endRun(id, succeeded, 'succeeded');
    await town.incidents().resolve({ incidentId: id }, ana);
    await deliverDue(deps());
    expect(shown(id)?.incident_updates.map((update) => update.status)).toEqual([
      'resolved',
      'monitoring',
      'identified',
      'investigating',
    ]);
    expect(JSON.stringify(shown(id))).not.toContain('secret');
    expect(['cmp_api', 'cmp_web'].map(statusOf)).toEqual(['operational', 'operational']);
    expect((await town.incidents().view(id)).publicPage.state).toBe('resolved');
    expect(await publish(id)).toContain('is resolved already');
  });

  it('opens once, however often it is clicked', async () => {
    const { id } = await town.declare();
    const answers = await Promise.all([publish(id), publish(id)]);
    expect(answers.filter((answer) => answer.includes('is being opened with your words'))).toHaveLength(1);
    await deliverDue(deps());
    expect(await publish(id)).toBe(`The public page of INC-${id} is open already: ${shown(id)?.shortlink}`);
    await deliverDue(deps());
    expect(far.page.incidents.filter((one) => one === shown(id))).toHaveLength(1);
    expect(shown(id)?.incident_updates).toHaveLength(1);
  });

  it('is a publisher’s, and says what is wrong with the words', async () => {
    const { id } = await town.declare();
    await expect(publish(id, { by: ana })).rejects.toThrow('a publisher may publish');
    await expect(publish(id, { body: '  ' })).rejects.toThrow('The public text is empty');
    await expect(publish(id, { body: 'x'.repeat(25_001) })).rejects.toThrow('25001 characters');
    await expect(publish(4711)).rejects.toThrow('There is no incident INC-4711');
  });

  it('is not opened for what is over, nor updated when it was never opened', async () => {
    const { id } = await town.declare();
    const run = await town.startRun(id);
    await town.endRun(id, run, 'succeeded');
    await town.incidents().resolve({ incidentId: id }, ana);
    expect((await town.outbox(id)).filter((row) => row.lane.startsWith('statuspage:'))).toEqual([]);
    await expect(publish(id)).rejects.toThrow(`INC-${id} is resolved`);
  });

  it('is handed over to be copied where there is no key', async () => {
    const { id } = await town.declare();
    const broadcast = createBroadcast(deps({ hasStatuspageKey: false }));
    expect(await broadcast.draft(id)).toMatchObject({ canPost: false, page: 'page01', components: ['cmp_api'] });
    const answer = await broadcast.publish({ incidentId: id }, cat);
    expect(answer).toContain('Nothing was posted');
    expect(answer).toContain('Acme Shop: disruption of api');
    expect((await town.outbox(id)).some((row) => row.lane.startsWith('statuspage:'))).toBe(false);
  });

  it('may be asked for again after the page refused it, and responders are told why', async () => {
    const { id } = await town.declare();
    const component = far.page.components.get('cmp_api');
    if (!component) throw new Error('the page has no cmp_api');
    far.page.components.delete('cmp_api');
    await publish(id);
    await deliverDue(deps());
    expect((await town.sentences(id)).at(-1)).toMatch(
      /was not changed: Statuspage would not open the incident on page page01: Component .*cmp_api does not exist/,
    );
    far.page.components.set('cmp_api', component);
    expect(await publish(id)).toContain('is being opened');
    await deliverDue(deps());
    expect(shown(id)?.status).toBe('investigating');
  });

  it('says once that it is late, and catches up', async () => {
    const { id } = await town.declare();
    await publish(id);
    far.faults.down = '503';
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await deliverDue(deps());
      await town.clock.advance(30_000);
    }
    expect((await town.sentences(id)).filter((text) => text.includes('not up to date yet'))).toHaveLength(1);
    far.faults.down = 'no';
    await deliverDue(deps());
    expect(shown(id)?.incident_updates).toHaveLength(1);
  });
});
