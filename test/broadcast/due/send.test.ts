import { describe, expect, it } from '@jest/globals';
import type { UpdateAsk } from '../../../src/broadcast/broadcast.ts';
import { viewDraft } from '../../../src/broadcast/due/draft.ts';
import { updateForm } from '../../../src/broadcast/due/form.ts';
import { previewUpdate } from '../../../src/broadcast/due/preview.ts';
import { sendDraft, sendUpdate } from '../../../src/broadcast/due/send.ts';
import { posted } from '../../../src/broadcast/public/posted.ts';
import type { Audience } from '../../../src/domain/audience.ts';
import { Refusal } from '../../../src/domain/errors.ts';
import type { Person } from '../../../src/domain/person.ts';
import { embeddedStores } from '../../support/stores.ts';
import { ana, ben, cat, dov } from '../../support/town.ts';
import { minute, sentenceOf, useStreet } from './street.ts';

const page = { status: 'identified' as const, notify: false, components: { cmp_api: 'partial_outage' as const } };

describe('an update by a person', () => {
  const street = useStreet(embeddedStores());
  let forms = 0;
  const askOf = (incidentId: number, over: Partial<UpdateAsk>): UpdateAsk & { requestKey: string } => {
    forms += 1;
    const ask = {
      incidentId,
      audiences: ['stakeholders' as Audience],
      inside: 'We see it.',
      outside: 'We know.',
      page: null,
    };
    return { ...ask, requestKey: `form-${forms}`, ...over };
  };
  const refused = async (ask: Parameters<typeof sendUpdate>[1], by: Person = cat): Promise<(string | undefined)[]> => {
    const error = await sendUpdate(street.deps(), ask, by).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof Refusal ? [error.field, error.message] : [];
  };

  it.each<[string, Partial<UpdateAsk>, RegExp]>([
    ['inside', { inside: ' \n ' }, /^The text for stakeholders is empty/],
    [
      'outside',
      { audiences: ['customers', 'public'], outside: '', page },
      /^The text for customers, the public is empty/,
    ],
    ['inside', { inside: 'x'.repeat(3_001) }, /has 3001 characters, and at most 3000 are expected: shorten it by 1\.$/],
    ['audiences', { audiences: [] }, /^Choose who is told: responders, stakeholders, customers, public/],
    ['audiences', { audiences: ['publc' as Audience] }, /^There is no audience publc: .*public/],
    ['page', { audiences: ['public'] }, /choose the status/],
    [
      'components',
      { audiences: ['public'], page: { ...page, components: { cmp_billing: 'operational' } } },
      /cmp_billing is no component/,
    ],
  ])('is refused at %s (case %#)', async (field, over, why) => {
    const { id } = await street.declare();
    await street.incidents().assign({ incidentId: id, role: 'responders', person: 'cat' }, ana);
    const [at, message] = await refused(askOf(id, over));
    expect([at, message]).toEqual([field, expect.stringMatching(why)]);
    expect((await street.said(id)).every((row) => row.origin !== 'person')).toBe(true);
  });

  it('is a responder’s or the commander’s to send inside, a publisher’s outside', async () => {
    const { id } = await street.declare();
    const whoMay =
      'to customers or the public, and you are not one here. You can assign one: /dr assign publisher @user.';
    expect(await refused(askOf(id, { audiences: ['customers'] }), ana)).toEqual([
      'audiences',
      `You may not tell customers: untick or leave out customers. Only a publisher may send words ${whoMay}`,
    ]);
    expect((await refused(askOf(id, {}), cat))[1]).toMatch(
      /^You may not tell stakeholders: untick .* Only a responder or a commander may send an update/,
    );
    expect((await refused(askOf(id, {}), dov))[1]).toMatch(/Only a responder or a commander/);
    expect(await sendUpdate(street.deps(), askOf(id, {}), ben)).toMatch(
      /on their way to stakeholders\. .* next come by/,
    );
  });

  it('goes out once, however often the form is sent', async () => {
    const { id } = await street.declare();
    const ask = askOf(id, { audiences: ['responders', 'stakeholders'] });
    await Promise.all([sendUpdate(street.deps(), ask, ana), sendUpdate(street.deps(), ask, ana)]);
    expect(await sendUpdate(street.deps(), ask, ana)).toContain('were sent to responders, stakeholders already');
    const said = (await street.said(id)).filter((row) => row.origin === 'person');
    expect(said.map((row) => row.audience).sort()).toEqual(['responders', 'stakeholders']);
  });

  it('reads as it was previewed, and says where it goes', async () => {
    const { id } = await street.declare();
    await street.pass(0);
    const ask = askOf(id, {
      audiences: ['stakeholders', 'customers', 'public'],
      inside: 'A <b> & *c*\nsecond line',
      page,
    });
    await street.incidents().assign({ incidentId: id, role: 'responders', person: 'cat' }, ana);
    await street.pass(0);
    const { standing } = await previewUpdate(street.deps(), ask, cat);
    await street.pass(2 * minute);
    const { previews } = await previewUpdate(street.deps(), ask, cat);
    expect(previews.map((preview) => preview.to)).toEqual([
      ['#stakeholders', 'mail to 2 addresses'],
      ['#customer-success'],
      ['page page01'],
    ]);
    await sendUpdate(street.deps(), { ...ask, seen: standing }, cat);
    await street.pass(0);
    const posted = street.slack.arrived.map((one) => sentenceOf(one.outgoing));
    expect(posted).toContain(previews[1]?.text);
    expect(posted).toContain(previews[0]?.text);
    expect(street.page.arrived.at(-1)?.outgoing).toMatchObject({ do: 'open', body: previews[2]?.text, ...page });
  });

  it('is previewed as from whoever writes it', async () => {
    const { id } = await street.declare();
    await street.incidents().assign({ incidentId: id, role: 'responders', person: 'cat' }, ana);
    const { previews } = await previewUpdate(street.deps(), askOf(id, { audiences: ['responders'] }), cat);
    expect(previews[0]?.text).toMatch(/from cat|by cat/);
  });

  it('is not sent once things have changed since it was read, and is refused in its preview already', async () => {
    const { id } = await street.declare();
    const ask = askOf(id, { audiences: ['public'], page });
    await expect(previewUpdate(street.deps(), ask, ana)).rejects.toMatchObject({ field: 'audiences' });
    const { standing } = await previewUpdate(street.deps(), ask, cat);
    await street.store().tx(async (tx) => {
      await tx.query(`update incident set phase = 'monitoring' where id = $1`, [id]);
    });
    const [field, message] = await refused({ ...ask, seen: standing });
    expect(field).toBe('seen');
    expect(message).toContain(
      `The state has changed since you read this: INC-${id} was investigating and is monitoring. Look again: nothing was sent.`,
    );
    expect((await street.said(id)).filter((row) => row.origin === 'person')).toEqual([]);
    const again = await previewUpdate(street.deps(), ask, cat);
    expect(await refused({ ...ask, seen: again.standing })).toEqual([]);
    expect(await refused({ ...ask, seen: standing })).toEqual([]);
  });

  it('begins with a form that says who is due, and what the draft and the page say', async () => {
    const { id } = await street.declare();
    await street.pass(4 * minute);
    const form = await updateForm(street.deps(), id, cat);
    expect(form.audiences.map(({ audience, due, mayTell }) => [audience, due, mayTell])).toEqual([
      ['responders', false, false],
      ['stakeholders', false, false],
      ['customers', true, true],
      ['public', true, true],
    ]);
    expect(form.inside).toContain('Still affected: api.');
    expect(form.outside).toContain('We are investigating a disruption of Acme Shop.');
    expect(form.page).toMatchObject({
      status: 'investigating',
      open: false,
      canPost: true,
      components: { cmp_api: { service: 'api', status: 'major_outage' } },
    });
  });

  it('may be the draft as it stands, by each who may tell its audiences, and only the newest', async () => {
    const incident = await street.declare();
    await street.pass(26 * minute);
    const view = await viewDraft(street.deps(), incident.id, 2);
    expect(view).toMatchObject({ state: 'waiting', canSnooze: true, commander: 'ana' });
    expect(view.previews.map((one) => one.audience)).toEqual(['responders', 'stakeholders', 'customers', 'public']);
    await expect(sendDraft(street.deps(), { incidentId: incident.id, round: 1 }, ana)).rejects.toThrow('out of date');
    await sendDraft(street.deps(), { incidentId: incident.id, round: 2 }, ana);
    expect((await viewDraft(street.deps(), incident.id, 2)).previews.map((one) => one.audience)).toEqual([
      'customers',
      'public',
    ]);
    await expect(sendDraft(street.deps(), { incidentId: incident.id, round: 2 }, ana)).rejects.toThrow(
      'Only a publisher',
    );
    await sendDraft(street.deps(), { incidentId: incident.id, round: 2 }, cat);
    expect(await viewDraft(street.deps(), incident.id, 2)).toMatchObject({
      state: 'sent',
      endedBy: 'cat',
      previews: [],
    });
  });
});

describe('without a page’s key or a mail server', () => {
  const street = useStreet(embeddedStores(), { can: { page: false, mail: false } });

  it('the words are there to copy, and count as said once a publisher has posted them', async () => {
    const incident = await street.declare();
    await street.pass(6 * minute);
    const [waiting] = (await street.said(incident.id)).filter((row) => row.audience === 'public');
    expect(waiting?.state).toBe('going');
    expect(street.page.arrived).toEqual([]);
    await posted(street.deps(), { incidentId: incident.id }, cat);
    const [ended] = (await street.said(incident.id)).filter((row) => row.audience === 'public');
    expect(ended?.state).toBe('delivered');
    const stakeholders = (await street.said(incident.id)).find((row) => row.audience === 'stakeholders');
    expect(stakeholders?.state).toBe('delivered');
    expect(street.mail.arrived).toEqual([]);
  });
});
