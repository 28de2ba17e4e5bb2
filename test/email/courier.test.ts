import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type SimulatedMail, startMail } from '../../sandbox/mail/start.ts';
import type { Mail, Outgoing } from '../../src/domain/notice.ts';
import { createEmailCourier, type EmailCourier } from '../../src/email/courier.ts';

const mail: Mail = {
  incidentId: 7,
  address: 'vp@example.com',
  subject: 'INC-7 P1: Kasse fällt aus',
  text: 'Zeile eins\nÜber 50 % der Bestellungen <scheitern>.',
  html: '<p>Zeile eins<br>Über 50 % der Bestellungen &lt;scheitern&gt;.</p>',
};
const sending = (over: Partial<Mail> = {}): Outgoing => ({ to: 'email', do: 'send', mail: { ...mail, ...over } });

describe('the courier of mail', () => {
  let far: SimulatedMail;
  const couriers: EmailCourier[] = [];
  beforeEach(async () => {
    far = await startMail({ login: { user: 'muster', password: 'pa:ss/wörd' } });
  });
  afterEach(async () => {
    for (const courier of couriers.splice(0)) courier.close();
    await far.stop();
  });

  const login = `muster:${encodeURIComponent('pa:ss/wörd')}`;
  const courierTo = ({ storeId = 'store-1', ...over }: { url?: string; storeId?: string; timeoutMs?: number } = {}) => {
    const courier = createEmailCourier({
      url: far.url.replace('://', `://${login}@`),
      from: { address: 'dr@example.com', name: 'Acme, Shop' },
      storeId: async () => storeId,
      timeoutMs: 500,
      ...over,
    });
    couriers.push(courier);
    return courier;
  };

  it('sends both parts, from the sender of muster.yml, and says that a machine wrote it', async () => {
    expect(await courierTo().deliver(sending(), 'k', false)).toMatchObject({ state: 'sent' });
    expect(far.mailbox.received).toMatchObject([
      {
        from: 'dr@example.com',
        to: 'vp@example.com',
        subject: mail.subject,
        text: mail.text,
        html: expect.stringContaining('&lt;scheitern&gt;'),
        headers: { 'auto-submitted': 'auto-generated', from: '"Acme, Shop" <dr@example.com>' },
      },
    ]);
  });

  it('gives one row one Message-ID, and every other row, address and store another', async () => {
    const courier = courierTo();
    await courier.deliver(sending(), 'k', false);
    await courier.deliver(sending(), 'k', true);
    await courierTo().deliver(sending(), 'k', true);
    await courier.deliver(sending(), 'other', false);
    await courier.deliver(sending({ address: 'cto@example.com' }), 'k', false);
    await courierTo({ storeId: 'store-2' }).deliver(sending(), 'k', false);
    const ids = far.mailbox.received.map((one) => one.messageId);
    expect(ids).toHaveLength(6);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(new Set(ids.slice(2)).size).toBe(4);
    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
  });

  it('refuses an address that the server has no mailbox for, and goes on with the next', async () => {
    far.faults.unknown = ['vp@example.com'];
    const courier = courierTo();
    const [refused, other] = await Promise.all([
      courier.deliver(sending(), 'k', false),
      courier.deliver(sending({ address: 'cto@example.com' }), 'k2', false),
    ]);
    expect(refused).toEqual({
      state: 'refused',
      why: 'The mail server takes no mail for vp@example.com: 550 5.1.1 No such mailbox here. Check the address in muster.yml.',
    });
    expect(other).toMatchObject({ state: 'sent' });
    expect(far.mailbox.received.map((one) => one.to)).toEqual(['cto@example.com']);
  });

  it.each([
    ['mail', 550, 'refused', 'takes no mail from dr@example.com: 550'],
    ['mail', 451, 'later', 'takes no mail for vp@example.com at present: 451'],
    ['rcpt', 450, 'later', 'takes no mail for vp@example.com at present: 450'],
    ['data', 554, 'refused', 'would not take this mail to vp@example.com: 554'],
    ['data', 452, 'later', 'takes no mail for vp@example.com at present: 452'],
  ] as const)('reads the answer to %s %i as %s', async (at, code, state, why) => {
    far.faults.answers = { times: 1, at, code, of: '' };
    const courier = courierTo();
    expect(await courier.deliver(sending(), 'k', false)).toMatchObject({ state, why: expect.stringContaining(why) });
    expect(await courier.deliver(sending(), 'k', true)).toMatchObject({ state: 'sent' });
    expect(far.mailbox.received).toHaveLength(1);
  });

  it.each([
    ['answers that it is not available', { down: '503' }, 'takes no mail at present, it answered: 421'],
    ['closes every connection', { down: 'refused' }, 'could not be reached or did not answer'],
    ['is slower than anybody waits', { slowMs: 500 }, 'could not be reached or did not answer'],
  ] as const)('tries again later when the server %s', async (_what, faults, why) => {
    Object.assign(far.faults, faults);
    expect(await courierTo({ timeoutMs: 150 }).deliver(sending(), 'k', false)).toMatchObject({
      state: 'later',
      why: expect.stringContaining(why),
    });
    expect(far.mailbox.received).toEqual([]);
  });

  it('tries again later when nobody is there', async () => {
    const gone = courierTo({ url: 'smtp://127.0.0.1:1' });
    expect(await gone.deliver(sending(), 'k', false)).toMatchObject({ state: 'later' });
  });

  it('sends again, as the same message, what was taken although the answer was lost', async () => {
    far.faults.lose = { times: 1, of: 'vp@' };
    const courier = courierTo();
    expect(await courier.deliver(sending(), 'k', false)).toMatchObject({ state: 'later' });
    expect(await courier.deliver(sending(), 'k', true)).toMatchObject({ state: 'sent' });
    const ids = far.mailbox.received.map((one) => one.messageId);
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  it('says of a wrong password that it is wrong, never what it is, and does not give the mail up', async () => {
    const wrong = courierTo({ url: far.url.replace('://', '://muster:hunter2@') });
    const delivery = await wrong.deliver(sending(), 'k', false);
    expect(delivery).toMatchObject({ state: 'later', why: expect.stringContaining('user and password of SMTP_URL') });
    expect(JSON.stringify(delivery)).not.toContain('hunter2');
  });

  it('gives no password to a server elsewhere that speaks no TLS', async () => {
    // This very machine by a name that does not say so.
    const elsewhere = far.url.replace('127.0.0.1', '0.0.0.0').replace('://', `://${login}@`);
    expect(await courierTo({ url: elsewhere }).deliver(sending(), 'k', false)).toMatchObject({
      state: 'later',
      why: expect.stringContaining('do not agree on TLS'),
    });
    expect(far.mailbox.received).toEqual([]);
  });

  it.each([
    ['Hello\r\nBcc: everybody@example.com', 'Hello Bcc: everybody@example.com'],
    ['Hello\nX-Evil: 1\n\nbody', 'Hello X-Evil: 1 body'],
    ['Hello\u2028there\0', 'Hello there'],
  ])('keeps a subject in its line: %j', async (subject, arrived) => {
    await courierTo().deliver(sending({ subject }), 'k', false);
    expect(far.mailbox.received).toMatchObject([{ subject: arrived, to: 'vp@example.com' }]);
    expect(Object.keys(far.mailbox.received[0]?.headers ?? {})).not.toContain('bcc');
  });

  it.each([['vp@example.com, all@example.com'], ['vp@example.com>\r\nRCPT TO:<all@example.com'], ['vp']])(
    'writes to nobody else than the address says: %j',
    async (address) => {
      expect(await courierTo().deliver(sending({ address }), 'k', false)).toMatchObject({ state: 'refused' });
      expect(far.mailbox.received).toEqual([]);
    },
  );
});
