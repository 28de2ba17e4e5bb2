import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SimulatedMail, startMail } from '../../../sandbox/mail/start.ts';
import { mailTo } from '../../../src/broadcast/mail/mail.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { createEmailCourier, type EmailCourier } from '../../../src/email/courier.ts';
import { deliverDue } from '../../support/far-end.ts';
import { embeddedStores } from '../../support/stores.ts';
import { useTown } from '../../support/town.ts';

const words = { subject: 'INC: update', text: 'Line one\nLine <two>', html: '<p>Line one<br>Line &lt;two&gt;</p>' };

describe('mail to many', () => {
  const town = useTown(embeddedStores());
  let far: SimulatedMail;
  let courier: EmailCourier;
  beforeAll(async () => {
    far = await startMail();
    courier = createEmailCourier({
      url: far.url,
      from: { address: 'dr@example.com', name: 'Acme Shop' },
      storeId: async () => 'store-1',
      timeoutMs: 500,
    });
  });
  afterAll(async () => {
    courier.close();
    await far.stop();
  });

  const mail = (incident: Incident, addresses: string[], key: string) =>
    town.store().tx((tx) => mailTo(town.broadcast(), tx, { incident, addresses, key, words }));
  const deliver = () => deliverDue(town.broadcast({ couriers: [courier] }));
  const arrived = () => far.mailbox.received.map((one) => one.to).sort();

  it('reaches each address once, however often and in whatever spelling it is named', async () => {
    const incident = await town.declare();
    await mail(incident, ['a@example.com', 'b@example.com', 'A@example.com', 'a@example.com'], 'one');
    await mail(incident, ['B@Example.com'], 'one');
    await deliver();
    expect(arrived()).toEqual(['a@example.com', 'b@example.com']);
    await mail(incident, ['a@example.com'], 'two');
    await deliver();
    expect(arrived()).toEqual(['a@example.com', 'a@example.com', 'b@example.com']);
    expect(far.mailbox.received[0]).toMatchObject({ subject: words.subject, text: words.text });
  });

  it('reaches the others although one address is refused and one is for later', async () => {
    const incident = await town.declare();
    far.mailbox.received.length = 0;
    far.faults.unknown = ['gone@example.com'];
    far.faults.answers = { times: 1, at: 'rcpt', code: 450, of: 'busy@' };
    await mail(incident, ['gone@example.com', 'busy@example.com', 'vp@example.com'], 'three');
    await deliver();
    expect(arrived()).toEqual(['vp@example.com']);
    await town.clock.advance(30_000);
    await deliver();
    expect(arrived()).toEqual(['busy@example.com', 'vp@example.com']);
    expect(await town.sentences(incident.id)).toContainEqual(expect.stringContaining('gone@example.com'));
  });

  it('is none when nobody is named', async () => {
    const incident = await town.declare();
    const before = (await town.outbox(incident.id)).length;
    await mail(incident, [], 'four');
    expect(await town.outbox(incident.id)).toHaveLength(before);
  });
});

describe('mail without a server', () => {
  const town = useTown(embeddedStores(), { can: { mail: false } });

  it('is one message in the incident’s channel, with whom to send it to and what', async () => {
    const incident = await town.declare();
    const addresses = ['a@example.com', 'b@example.com', 'A@example.com'];
    for (let turn = 0; turn < 2; turn += 1) {
      await town.store().tx((tx) => mailTo(town.broadcast(), tx, { incident, addresses, key: 'one', words }));
    }
    const drafts = (await town.outbox(incident.id)).filter((row) => row.key.startsWith('mail:one'));
    expect(drafts).toHaveLength(1);
    expect(drafts[0]?.document).toMatchObject({
      to: 'slack',
      place: { in: 'incident', incidentId: incident.id },
      notice: { mention: ['ana'], text: expect.stringContaining('a@example.com, b@example.com') },
    });
    expect(drafts[0]?.document).toMatchObject({
      notice: { text: expect.stringContaining('Line one\nLine &lt;two&gt;') },
    });
  });
});
