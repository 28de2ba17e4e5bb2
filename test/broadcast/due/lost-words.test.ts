import { describe, expect, it } from '@jest/globals';
import { sendDraft, sendUpdate } from '../../../src/broadcast/due/send.ts';
import { watchDue } from '../../../src/broadcast/due/watch.ts';
import type { Audience } from '../../../src/domain/audience.ts';
import type { PublicStatus } from '../../../src/domain/notice.ts';
import type { Courier } from '../../../src/domain/ports/courier.ts';
import { waitingDraft } from '../../../src/store/drafts.ts';
import { enterTimeline } from '../../../src/store/timeline.ts';
import { deliverDue } from '../../support/far-end.ts';
import { embeddedStores } from '../../support/stores.ts';
import { ana, cat } from '../../support/town.ts';
import { homeWith, minute, sentenceOf, streetHome, useStreet } from './street.ts';

describe('words that go out', () => {
  const street = useStreet(embeddedStores());
  const enter = (incidentId: number, text: string, at = street.clock.now()) =>
    street
      .store()
      .tx((tx) => enterTimeline(tx, { incidentId, at, kind: 'step', who: 'muster', text, source: text + incidentId }));
  const to = async (incidentId: number, audience: Audience) =>
    (await street.said(incidentId)).filter((row) => row.audience === audience);
  const tellPublic = (incidentId: number, status: PublicStatus, requestKey: string) =>
    sendUpdate(
      street.deps(),
      {
        incidentId,
        audiences: ['public'],
        inside: '',
        outside: 'Said by a publisher.',
        page: { status, notify: true, components: {} },
        requestKey,
      },
      cat,
    );

  it('tell again what was in words that nobody got', async () => {
    const { id } = await street.declare();
    await street.pass(minute);
    await enter(id, 'The database was promoted');
    for (let times = 0; times < 2; times += 1) {
      await street.clock.advance(30 * minute);
      await watchDue(street.deps());
    }
    const said = await to(id, 'stakeholders');
    expect(said.map((row) => row.state)).toEqual(['delivered', 'superseded', 'going']);
    expect(said[2]?.body).toContain('The database was promoted.');
  });

  it('tell again what one of its places has not got, also where another has', async () => {
    const { id } = await street.declare();
    await street.pass(minute);
    const say = async (...couriers: Courier[]) => {
      await street.clock.advance(30 * minute);
      await watchDue(street.deps());
      await deliverDue(street.deps({ couriers }));
    };
    await enter(id, 'The database was promoted');
    await say(street.mail.courier);
    await say(street.mail.courier);
    await say(street.mail.courier, street.slack.courier);
    const said = await to(id, 'stakeholders');
    expect(said.map((row) => row.state)).toEqual(['delivered', 'partly', 'partly', 'delivered']);
    const inChannel = street.slack.arrived.map(({ outgoing }) => JSON.stringify(outgoing));
    expect(inChannel.filter((text) => text.includes('"#stakeholders"')).at(-1)).toContain('The database was promoted.');
    await street.pass(30 * minute);
    expect((await to(id, 'stakeholders')).at(-1)?.body).not.toContain('The database was promoted.');
  });

  it('by a person, leave untried news on their way', async () => {
    const { id } = await street.declare();
    await street.pass(minute);
    await street.incidents().setSeverity({ incidentId: id, severity: 'P2' }, ana);
    const ask = { incidentId: id, audiences: ['stakeholders' as const], inside: 'We go on.', outside: '', page: null };
    await sendUpdate(street.deps(), { ...ask, requestKey: `news:${id}` }, ana);
    await street.pass(minute);
    expect((await to(id, 'stakeholders')).map((row) => row.state)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('tell what was entered after the words before, whenever it happened', async () => {
    const { id } = await street.declare();
    const before = street.clock.now();
    await street.pass(2 * minute);
    const ask = { incidentId: id, audiences: ['stakeholders' as const], inside: 'We go on.', outside: '', page: null };
    await sendUpdate(street.deps(), { ...ask, requestKey: `late:${id}` }, ana);
    await enter(id, 'The fence was entered late', before);
    await street.pass(31 * minute);
    expect((await to(id, 'stakeholders')).at(-1)?.body).toContain('The fence was entered late.');
    await street.pass(30 * minute);
    expect((await to(id, 'stakeholders')).at(-1)?.body).not.toContain('The fence was entered late.');
  });

  it('by themselves do not take the page back behind what a publisher chose', async () => {
    const { id } = await street.declare();
    await street.pass(6 * minute);
    await tellPublic(id, 'monitoring', `monitoring:${id}`);
    await street.pass(31 * minute);
    expect((await to(id, 'public')).at(-1)?.origin).toBe('holding');
    expect(street.page.arrived.at(-1)?.outgoing).toMatchObject({ status: 'monitoring' });
  });

  it('promise the public nothing once a publisher has said that it is over, until one speaks again', async () => {
    const incident = await street.declare();
    await street.pass(6 * minute);
    await tellPublic(incident.id, 'resolved', `over:${incident.id}`);
    await street.pass(3 * 60 * minute);
    expect(await street.viewOf(incident, 'public')).toMatchObject({ dueAt: null, promised: null, broken: 0 });
    expect((await to(incident.id, 'public')).at(-1)?.origin).toBe('person');
    expect(street.page.arrived.at(-1)?.outgoing).toMatchObject({ body: expect.not.stringContaining('Next update') });
    await tellPublic(incident.id, 'identified', `again:${incident.id}`);
    await street.pass(31 * minute);
    expect((await to(incident.id, 'public')).at(-1)?.origin).toBe('holding');
    await street.incidents().resolve({ incidentId: incident.id }, ana);
    await expect(tellPublic(incident.id, 'monitoring', `after:${incident.id}`)).rejects.toThrow('show resolved');
    await street.pass(60 * minute);
    expect(await street.viewOf(incident, 'public')).toMatchObject({ dueAt: null, promised: null, broken: 0 });
  });

  it('are not shown as told where everybody refused them', async () => {
    street.slack.answers.push((one) =>
      one.to === 'slack' && one.do === 'post' && one.place.in === 'channel' && one.place.name === '#stakeholders'
        ? { state: 'refused', why: 'The channel is archived.' }
        : undefined,
    );
    street.mail.answers.push(() => ({ state: 'refused', why: 'No.' }));
    const incident = await street.declare();
    await street.pass(minute);
    street.slack.answers.length = 0;
    street.mail.answers.length = 0;
    expect((await street.viewOf(incident, 'stakeholders')).toldAt).toBeNull();
  });

  it('keep their promise where one mailbox puts them off, and the mail goes on', async () => {
    const incident = await street.declare();
    await street.pass(10 * minute);
    let away = true;
    street.mail.answers.push((one) =>
      away && one.to === 'email' && one.mail.address === 'cfo@example.com'
        ? { state: 'later', why: 'The mailbox is busy.', afterMs: 0 }
        : undefined,
    );
    await street.pass(22 * minute);
    expect(await street.viewOf(incident, 'stakeholders')).toMatchObject({ kept: 1, broken: 0 });
    expect((await to(incident.id, 'stakeholders')).at(-1)).toMatchObject({
      state: 'going',
      note: 'Late: cfo@example.com: The mailbox is busy',
    });
    away = false;
    await street.pass(2 * minute);
    street.mail.answers.length = 0;
    expect((await to(incident.id, 'stakeholders')).at(-1)?.state).toBe('delivered');
  });

  it('go to others where those to one audience cannot be made, and the commander is told once', async () => {
    const incident = await street.declare();
    await street.pass(minute);
    const { say } = street.deps();
    const broken = ((name, input) => {
      if (name === 'stakeholder-update') throw new Error('broken');
      return say(name, input);
    }) as typeof say;
    await street.clock.advance(31 * minute);
    for (let times = 0; times < 3; times += 1) await watchDue(street.deps({ say: broken }));
    expect((await to(incident.id, 'responders')).length).toBe(1);
    expect((await to(incident.id, 'public')).length).toBe(1);
    expect((await to(incident.id, 'stakeholders')).length).toBe(1);
    const told = await street.posts(incident, 'words-failed:');
    expect(told.map(({ document }) => sentenceOf(document))).toEqual([expect.stringContaining('stakeholders')]);
    street.errors.length = 0;
  });

  it('end, once, for those whom muster.yml names no way to any more', async () => {
    const incident = await street.declare();
    await street.pass(minute);
    const home = homeWith({ channels: { incidents: '#incidents' }, email: undefined });
    for (let times = 0; times < 3; times += 1) {
      await street.clock.advance(31 * minute);
      await watchDue(street.deps({ home }));
    }
    expect((await to(incident.id, 'stakeholders')).length).toBe(1);
    expect((await street.posts(incident, 'unreached:')).length).toBe(2);
    expect(await street.viewOf(incident, 'stakeholders')).toMatchObject({ dueAt: null, promised: null });
  });
});

describe('a draft whose audiences were told otherwise', () => {
  const home = homeWith({
    channels: { incidents: '#incidents', stakeholders: '#stakeholders' },
    statuspage: undefined,
    broadcasts: { ...streetHome.broadcasts, responders: 'never' },
  });
  const street = useStreet(embeddedStores(), { home });

  it('is not sent to nobody', async () => {
    const { id } = await street.declare();
    await street.pass(56 * minute);
    const draft = await street.store().tx((tx) => waitingDraft(tx, id));
    await street.incidents().assign({ incidentId: id, role: 'commanders', person: 'ben' }, ana);
    const pressed = sendDraft(street.deps(), { incidentId: id, round: draft?.round ?? 0 }, ana);
    await expect(pressed).rejects.toThrow('This draft was sent by muster already.');
  });
});
