import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { type SimulatedMail, startMail } from '../../sandbox/mail/start.ts';

const mail = {
  from: 'dr@example.com',
  to: 'vp@example.com',
  subject: 'Hello',
  text: 'As text',
  html: '<p>As html</p>',
  messageId: '<1@example.com>',
};

const headerOf: Record<string, string> = {
  Subject: mail.subject,
  From: mail.from,
  To: mail.to,
  Date: 'Sat, 21 Nov 2026 12:00:00 +0000',
  'Message-ID': mail.messageId,
};

describe('the simulated mail server', () => {
  let far: SimulatedMail;
  beforeEach(async () => {
    far = await startMail();
  });
  afterEach(() => far.stop());

  const send = (message: object) => createTransport(far.url).sendMail({ ...mail, ...message });
  const refusal = (message: object) =>
    send(message).then(
      () => 'taken',
      (error: { response?: string }) => error.response,
    );

  it('keeps what it takes, once for each time', async () => {
    await send({});
    await send({});
    expect(far.mailbox.received).toMatchObject([mail, mail].map(({ html: _html, ...kept }) => kept));
  });

  it.each([
    ['no text part', { text: '' }, 'it has no a text part'],
    ['no html part', { html: undefined }, 'it has no an html part'],
    ['no subject', { subject: '' }, 'it has no subject'],
    ['another sender than the envelope', { envelope: { from: 'x@example.com', to: mail.to } }, 'From is not'],
    ['another recipient than the envelope', { envelope: { from: mail.from, to: 'x@example.com' } }, 'To is not'],
    ['two recipients', { to: 'vp@example.com, cto@example.com' }, 'expected one recipient, found 2'],
  ])('takes no mail with %s', async (_what, message, why) => {
    expect(await refusal(message)).toContain(why);
    expect(far.mailbox.received).toEqual([]);
    expect(far.mailbox.refused).toMatchObject([{ status: 554 }]);
  });

  it('takes no mail in which a header that stands once stands twice', async () => {
    const head = ['Subject', 'Subject', 'From', 'To', 'Date', 'Message-ID'].map((name) => `${name}: ${headerOf[name]}`);
    const parts = ['plain', 'html'].flatMap((type) => ['--b', `Content-Type: text/${type}`, '', 'words']);
    const raw = [...head, 'Content-Type: multipart/alternative; boundary=b', '', ...parts, '--b--'].join('\r\n');
    const envelope = { from: mail.from, to: mail.to };
    expect(await refusal({ raw, envelope })).toContain('a header that stands once stands twice');
    expect(await refusal({ raw: raw.slice(raw.indexOf('\n') + 1), envelope })).toBe('taken');
  });

  it('refuses whom it does not know, and answers as often as it is told to', async () => {
    far.faults.unknown = ['VP@example.com'];
    expect(await refusal({})).toMatch(/^550 /);
    far.faults.unknown = [];
    far.faults.answers = { times: 2, at: 'data', code: 452, of: '' };
    expect([await refusal({}), await refusal({}), await refusal({})]).toEqual([
      expect.stringMatching(/^452 /),
      expect.stringMatching(/^452 /),
      'taken',
    ]);
  });
});
