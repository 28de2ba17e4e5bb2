import { describe, expect, it } from '@jest/globals';
import { createBroadcast } from '../../../src/broadcast/create-broadcast.ts';
import { sendUpdate } from '../../../src/broadcast/due/send.ts';
import { watchDue } from '../../../src/broadcast/due/watch.ts';
import { systemClock } from '../../../src/clock/system-clock.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { rowsOfBroadcast } from '../../../src/store/outbox.ts';
import { deliverDue } from '../../support/far-end.ts';
import { embeddedStores } from '../../support/stores.ts';
import { ana } from '../../support/town.ts';
import { minute, sentenceOf, useStreet } from './street.ts';

const hour = 60 * minute;

describe('after a silence', () => {
  const street = useStreet(embeddedStores());
  const toStakeholders = async (incident: Incident) =>
    (await street.said(incident.id)).filter((row) => row.audience === 'stakeholders');
  const arrivedAtStakeholders = () =>
    street.slack.arrived
      .filter(({ outgoing }) => outgoing.to === 'slack' && outgoing.do === 'post')
      .filter(({ outgoing }) => JSON.stringify(outgoing).includes('{"in":"channel","name":"#stakeholders"}'))
      .map(({ outgoing }) => sentenceOf(outgoing));

  it('of Muster’s own, each audience hears one message, and one draft is shown', async () => {
    const incident = await street.declare();
    await street.pass(6 * minute);
    await street.clock.advance(4 * hour);
    const before = (await street.said(incident.id)).length;
    await street.pass(0);
    expect((await street.schedule(incident)).slice(before).sort()).toEqual([
      '4:06:00 public holding',
      '4:06:00 responders automatic',
      '4:06:00 stakeholders automatic',
    ]);
    expect(await street.due(incident, 'stakeholders')).toBe('4:36:00');
    expect(await street.viewOf(incident, 'stakeholders')).toMatchObject({ broken: 1 });
    expect((await street.posts(incident, 'broken:')).length).toBe(2);
    expect((await street.posts(incident, `draft:${incident.id}:`)).length).toBe(1);
  });

  it('of the far end’s, what nobody wrote and nobody tried to say is overtaken', async () => {
    const incident = await street.declare();
    await street.pass(minute);
    const arrived = arrivedAtStakeholders().length;
    for (let times = 0; times < 4; times += 1) {
      await street.clock.advance(30 * minute);
      await watchDue(street.deps());
    }
    expect((await toStakeholders(incident)).map((row) => row.state)).toEqual([
      'delivered',
      'superseded',
      'superseded',
      'superseded',
      'going',
    ]);
    await street.pass(0);
    expect(arrivedAtStakeholders().slice(arrived)).toHaveLength(1);
    expect(await street.viewOf(incident, 'stakeholders')).toMatchObject({ broken: 1, kept: 0 });
  });

  it('of the far end’s, what was tried stays, is looked for, and comes before what is newer', async () => {
    const incident = await street.declare();
    await street.pass(minute);
    let away = true;
    street.slack.answers.push(() => (away ? { state: 'later', why: 'Slack does not answer.', afterMs: 0 } : undefined));
    await street.pass(65 * minute);
    const said = await toStakeholders(incident);
    expect(said.map((row) => row.state)).toEqual(['delivered', 'going', 'going']);
    away = false;
    await street.pass(minute);
    street.slack.answers.length = 0;
    expect((await toStakeholders(incident)).map((row) => row.state)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('what a person wrote is said, however long it waited', async () => {
    const incident = await street.declare();
    await street.pass(minute);
    const ask = {
      incidentId: incident.id,
      audiences: ['stakeholders' as const],
      inside: 'By hand.',
      outside: '',
      page: null,
    };
    await sendUpdate(street.deps(), { ...ask, requestKey: 'by-hand' }, ana);
    await street.clock.advance(hour);
    await watchDue(street.deps());
    await street.pass(0);
    expect((await toStakeholders(incident)).map((row) => [row.origin, row.state]).slice(1)).toEqual([
      ['person', 'delivered'],
      ['automatic', 'delivered'],
    ]);
    expect(arrivedAtStakeholders().at(-2)).toContain('By hand.');
  });

  it('of the page’s, what opens it is not overtaken', async () => {
    const incident = await street.declare();
    await street.clock.advance(5 * minute);
    await watchDue(street.deps());
    await street.clock.advance(30 * minute);
    await watchDue(street.deps());
    const words = (await street.said(incident.id)).filter((row) => row.audience === 'public');
    const states = await Promise.all(words.map((row) => street.store().tx((tx) => rowsOfBroadcast(tx, row.id))));
    expect(states.flat().map((row) => row.state)).toEqual(['due', 'due']);
    await street.pass(0);
    expect((await street.incidents().view(incident.id)).publicPage.state).toBe('open');
  });

  it('after a death at broadcast.due, they are said once', async () => {
    const incident = await street.declare();
    await street.clock.advance(31 * minute);
    const crash = (at: string) => {
      if (at === 'broadcast.due') throw new Error('killed');
    };
    await watchDue(street.deps({ crash }));
    expect(street.errors).toMatchObject([{ message: 'killed' }]);
    street.errors.length = 0;
    await street.pass(0);
    expect((await street.schedule(incident)).filter((line) => line.startsWith('0:31')).sort()).toEqual([
      '0:31:00 public holding',
      '0:31:00 responders automatic',
      '0:31:00 stakeholders automatic',
    ]);
  });

  it('a process that starts says what is due by itself, and then when the next is', async () => {
    const incident = await street.declare();
    await street.clock.advance(31 * minute);
    const real = { ...systemClock, now: street.clock.now };
    const broadcast = createBroadcast(street.deps({ real }));
    broadcast.start();
    const count = async () => (await toStakeholders(incident)).filter((row) => row.state === 'delivered').length;
    while ((await count()) < 2) await systemClock.sleep(10);
    await street.clock.advance(30 * minute - 1);
    await systemClock.sleep(50);
    expect(await count()).toBe(2);
    await street.clock.advance(1);
    while ((await count()) < 3) await systemClock.sleep(10);
    await broadcast.stop();
    await deliverDue(street.deps());
    expect(street.errors).toEqual([]);
    expect((await street.schedule(incident)).filter((line) => line.includes('stakeholders'))).toEqual([
      '0:00:00 stakeholders automatic',
      '0:31:00 stakeholders automatic',
      '1:01:00 stakeholders automatic',
    ]);
  });
});
