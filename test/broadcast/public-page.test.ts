import { describe, expect, it } from '@jest/globals';
import { createBroadcast } from '../../src/broadcast/create-broadcast.ts';
import { sayTo } from '../../src/broadcast/due/say.ts';
import type { PageState } from '../../src/broadcast/public/show.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { usePage } from '../support/page-stage.ts';
import { embeddedStores } from '../support/stores.ts';
import { ana, cat, useTown } from '../support/town.ts';

describe('the public page', () => {
  const town = useTown(embeddedStores());
  const page = usePage(town);
  const { publish, deliver, shown, statusOf } = page;
  const say = (incident: Incident, body: string, state: Partial<PageState>) =>
    town.store().tx((tx) =>
      sayTo(page.deps(), tx, {
        incident,
        audience: 'public',
        origin: 'person',
        by: cat,
        body,
        kind: 'update',
        page: state,
      }),
    );
  const bodies = (id: number) =>
    shown(id)
      ?.incident_updates.map((update) => update.body)
      .toReversed() ?? [];

  it('shows an incident from a publisher’s click to its end, with its own components only', async () => {
    const { id } = await town.declare({ services: ['api', 'web'], title: 'ana broke <b>checkout</b>' });
    expect(await publish(id, { body: 'We are on it & will be back.' })).toContain('is being opened');
    await deliver();
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
    await deliver();
    const succeeded = await town.startRun(id);
    await town.endRun(id, succeeded, 'succeeded');
    await deliver();
    await town.incidents().resolve({ incidentId: id }, ana);
    await deliver();
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
    expect(await page.promises(id)).toEqual(['kept', 'kept', 'kept']);
  });

  it('opens once, however often it is clicked', async () => {
    const { id } = await town.declare();
    const answers = await Promise.all([publish(id), publish(id)]);
    expect(answers.filter((answer) => answer.includes('is being opened with your words'))).toHaveLength(1);
    await deliver();
    expect(await publish(id)).toBe(`The public page of INC-${id} is open already: ${shown(id)?.shortlink}`);
    await deliver();
    expect(page.far().page.incidents.filter((one) => one === shown(id))).toHaveLength(1);
    expect(shown(id)?.incident_updates).toHaveLength(1);
  });

  it('promises the next words once, and counts them', async () => {
    const { id } = await town.declare();
    await publish(id, { body: 'We look.' });
    await deliver();
    expect(bodies(id)[0]?.match(/Next update by/g)).toHaveLength(1);
    expect(await page.promises(id)).toEqual(['open']);
  });

  it('tells those who follow it only when a person wants that', async () => {
    const { id } = await town.declare();
    const before = page.far().page.notified.length;
    expect(await publish(id, { notify: false })).toContain('are not notified');
    await deliver();
    expect(page.far().page.notified).toHaveLength(before);
    expect(shown(id)?.incident_updates[0]?.deliver_notifications).toBe(false);
  });

  it('keeps the order of what is said, and the state of the page where a person chose none', async () => {
    const incident = await town.declare({ services: ['billing'] });
    await say(incident, 'One.', { status: 'identified', components: { cmp_billing: 'partial_outage' } });
    await say(incident, 'Two.', {});
    await say(incident, 'Three.', { status: 'monitoring', components: { cmp_billing: 'operational' } });
    await deliver();
    expect(bodies(incident.id).map((body) => body.split('\n')[0])).toEqual(['One.', 'Two.', 'Three.']);
    expect(shown(incident.id)?.incident_updates.map((update) => update.status)).toEqual([
      'monitoring',
      'identified',
      'identified',
    ]);
    expect(statusOf('cmp_billing')).toBe('operational');
  });

  it('says once what was said although every answer was lost', async () => {
    const incident = await town.declare();
    const before = page.far().page.incidents.length;
    for (const [body, of] of [
      ['First.', 'POST'],
      ['Second.', 'PATCH'],
    ] as const) {
      page.far().faults.lose = { times: 1, of };
      await say(incident, body, {});
      await deliver();
      await town.clock.advance(10_000);
      await deliver();
    }
    expect(bodies(incident.id).map((body) => body.split('\n')[0])).toEqual(['First.', 'Second.']);
    expect(page.far().page.incidents).toHaveLength(before + 1);
  });

  it('shows components by the severity that it has when it is opened', async () => {
    const { id } = await town.declare({ severity: 'P1', services: ['web'] });
    await town.incidents().setSeverity({ incidentId: id, severity: 'P3' }, ana);
    await publish(id);
    await deliver();
    expect(statusOf('cmp_web')).toBe('degraded_performance');
    await town.incidents().resolve({ incidentId: id }, ana);
    await deliver();
  });

  it('leaves a component down that another incident still needs down', async () => {
    const first = await town.declare({ services: ['web', 'billing'] });
    const second = await town.declare({ services: ['web'] });
    await publish(first.id);
    await publish(second.id);
    await deliver();
    await town.incidents().resolve({ incidentId: first.id }, ana);
    await deliver();
    expect(['cmp_web', 'cmp_billing'].map(statusOf)).toEqual(['major_outage', 'operational']);
    await town.incidents().resolve({ incidentId: second.id }, ana);
    await deliver();
    expect(statusOf('cmp_web')).toBe('operational');
  });

  it('changes no component but those of the incident’s own services', async () => {
    const incident = await town.declare({ services: ['web'] });
    await say(incident, 'We look.', { components: { cmp_web: 'partial_outage', cmp_billing: 'major_outage' } });
    await deliver();
    expect(['cmp_web', 'cmp_billing'].map(statusOf)).toEqual(['partial_outage', 'operational']);
    await town.incidents().resolve({ incidentId: incident.id }, ana);
    await deliver();
  });

  it('is a publisher’s, and says what is wrong with the words', async () => {
    const { id } = await town.declare();
    await expect(publish(id, { by: ana })).rejects.toThrow(
      'Only a publisher may send words to customers or the public',
    );
    await expect(publish(id, { body: '  ' })).rejects.toThrow('The public text is empty');
    await expect(publish(id, { body: 'x'.repeat(24_001) })).rejects.toThrow('24001 characters');
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

  it('may be asked for again after the page refused it, with the words as they were written', async () => {
    const { id } = await town.declare();
    const component = page.far().page.components.get('cmp_api');
    if (!component) throw new Error('the page has no cmp_api');
    page.far().page.components.delete('cmp_api');
    await publish(id, { body: 'We look.' });
    await deliver();
    expect((await town.sentences(id)).at(-1)).toMatch(
      /Statuspage would not open the incident on page page01: Component .*cmp_api does not exist/,
    );
    page.far().page.components.set('cmp_api', component);
    expect((await createBroadcast(page.deps()).draft(id)).body).toBe('We look.');
    expect(await publish(id)).toContain('is being opened');
    await deliver();
    expect(shown(id)?.status).toBe('investigating');
  });

  it('does not let one incident wait for what is wrong with another', async () => {
    const stuck = await town.declare({ services: ['billing'] });
    const other = await town.declare({ services: ['web'] });
    page.far().faults.lose = { times: 1, of: 'POST' };
    await publish(stuck.id);
    await deliver();
    await publish(other.id);
    await deliver();
    expect(shown(other.id)?.status).toBe('investigating');
    await town.clock.advance(10_000);
    await deliver();
    expect(shown(stuck.id)?.incident_updates).toHaveLength(1);
  });
});
