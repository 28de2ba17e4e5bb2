import { describe, expect, it } from '@jest/globals';
import { sendUpdate } from '../../../src/broadcast/due/send.ts';
import { snooze } from '../../../src/broadcast/due/snooze.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import type { Outgoing } from '../../../src/domain/notice.ts';
import { embeddedStores } from '../../support/stores.ts';
import { ana } from '../../support/town.ts';
import { minute, sentenceOf, useStreet } from './street.ts';

describe('the promise of the next words', () => {
  const street = useStreet(embeddedStores());
  const { pass, viewOf } = street;
  const isFor = (outgoing: Outgoing, channel: string) =>
    outgoing.to === 'slack' &&
    outgoing.do === 'post' &&
    outgoing.place.in === 'channel' &&
    outgoing.place.name === channel;
  const broken = (incident: Incident) => street.posts(incident, 'broken:');
  const say = (incident: Incident, requestKey: string) =>
    sendUpdate(
      street.deps(),
      {
        incidentId: incident.id,
        audiences: ['stakeholders'],
        inside: 'We go on.',
        outside: '',
        page: null,
        requestKey,
      },
      ana,
    );

  it('is in the words, in the system’s own time and in UTC', async () => {
    const incident = await street.declare();
    await pass(0);
    const [told] = street.slack.arrived.filter((one) => isFor(one.outgoing, '#stakeholders')).slice(-1);
    const { promised } = await viewOf(incident, 'stakeholders');
    const utc = promised?.toISOString().slice(11, 16);
    expect(sentenceOf(told?.outgoing ?? fail())).toMatch(
      new RegExp(`Next update by \\d\\d:\\d\\d CET \\(${utc} UTC\\)`),
    );
    const mail = street.mail.arrived.at(-1)?.outgoing;
    expect(mail).toMatchObject({ mail: { text: expect.stringContaining(`(${utc} UTC)`) } });
  });

  it('is kept by words that arrive within its minute, each time', async () => {
    const incident = await street.declare();
    await pass(95 * minute);
    expect(await viewOf(incident, 'stakeholders')).toMatchObject({ kept: 3, broken: 0 });
    expect(await viewOf(incident, 'responders')).toMatchObject({ kept: 2, broken: 0 });
    expect(await broken(incident)).toEqual([]);
  });

  it('is kept by a person who speaks before', async () => {
    const incident = await street.declare();
    await pass(10 * minute);
    await say(incident, 'early');
    await pass(minute);
    expect(await viewOf(incident, 'stakeholders')).toMatchObject({ kept: 1, broken: 0 });
  });

  it('is broken when its minute is over, told once to the commander, and not mended by words that come late', async () => {
    const incident = await street.declare();
    await pass(10 * minute);
    let away = true;
    street.slack.answers.push((outgoing) =>
      away && isFor(outgoing, '#stakeholders')
        ? { state: 'later', why: 'Slack does not answer.', afterMs: 0 }
        : undefined,
    );
    await pass(20 * minute + 59_000);
    expect(await viewOf(incident, 'stakeholders')).toMatchObject({ kept: 0, broken: 0 });
    await pass(1_000);
    expect(await viewOf(incident, 'stakeholders')).toMatchObject({ kept: 0, broken: 1 });
    expect(await broken(incident)).toHaveLength(1);
    expect((await broken(incident))[0]).toMatchObject({ at: '0:31:00', document: { notice: { mention: ['ana'] } } });
    away = false;
    await pass(10 * minute);
    expect(await viewOf(incident, 'stakeholders')).toMatchObject({ kept: 0, broken: 1 });
    expect((await street.said(incident.id)).filter((row) => row.audience === 'stakeholders').at(-1)?.state).toBe(
      'delivered',
    );
    await pass(25 * minute);
    expect(await viewOf(incident, 'stakeholders')).toMatchObject({ kept: 1, broken: 1 });
    street.slack.answers.length = 0;
  });

  it('is kept when some of its destinations refuse for good and the others have it', async () => {
    const incident = await street.declare();
    await pass(10 * minute);
    street.mail.answers.push((outgoing) =>
      outgoing.to === 'email' && outgoing.mail.address === 'cfo@example.com'
        ? { state: 'refused', why: 'The mailbox is unknown.' }
        : undefined,
    );
    await pass(21 * minute);
    street.mail.answers.length = 0;
    expect(await viewOf(incident, 'stakeholders')).toMatchObject({ kept: 1, broken: 0 });
    const last = (await street.said(incident.id)).filter((row) => row.audience === 'stakeholders').at(-1);
    expect(last).toMatchObject({ state: 'partly', note: 'cfo@example.com: The mailbox is unknown' });
    const [told] = await street.posts(incident, 'mail-refused:');
    expect(sentenceOf(told?.document ?? fail())).toContain('cfo@example.com');
  });

  it('is broken when nobody takes the words, and what they promised was promised to nobody', async () => {
    const incident = await street.declare();
    await pass(10 * minute);
    street.slack.answers.push((outgoing) =>
      isFor(outgoing, '#stakeholders') ? { state: 'refused', why: 'The channel is archived.' } : undefined,
    );
    street.mail.answers.push(() => ({ state: 'refused', why: 'No.' }));
    await pass(21 * minute);
    street.slack.answers.length = 0;
    street.mail.answers.length = 0;
    expect(await viewOf(incident, 'stakeholders')).toMatchObject({ kept: 0, broken: 1, promised: null });
    expect((await street.said(incident.id)).find((row) => row.state === 'refused')?.audience).toBe('stakeholders');
    const unsaid = await street.posts(incident, 'unsaid:');
    expect(sentenceOf(unsaid[0]?.document ?? fail())).toContain('#stakeholders');
  });

  it('is broken by holding words back past it, and that is counted', async () => {
    const incident = await street.declare();
    await pass(26 * minute);
    await snooze(street.deps(), { incidentId: incident.id }, ana);
    await pass(6 * minute);
    expect(await viewOf(incident, 'stakeholders')).toMatchObject({ kept: 0, broken: 1 });
    await pass(10 * minute);
    expect((await street.schedule(incident)).filter((line) => line.includes('stakeholders')).at(-1)).toBe(
      '0:40:00 stakeholders automatic',
    );
  });
});

function fail(): never {
  throw new Error('It was not said.');
}
