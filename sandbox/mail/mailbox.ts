import PostalMime, { type Email } from 'postal-mime';
import { type Changes, createChanges } from '../wire/changes.ts';

/** A mail as it arrived: one for each time that it was taken, also when it is the same again. */
export interface ReceivedMail {
  at: string;
  /** The envelope's, which the header has to agree with. */
  from: string;
  to: string;
  messageId: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

export interface Mailbox {
  received: ReceivedMail[];
  /** What was said no to, and with which words. */
  refused: { at: string; to: string; status: number; error: string }[];
  changes: Changes;
}

export function createMailbox(): Mailbox {
  return { received: [], refused: [], changes: createChanges() };
}

export interface Envelope {
  from: string;
  to: readonly string[];
}

/** The mail in these bytes. Throws a sentence when it is not as a mail to one person should be. */
export async function readMail(raw: Buffer, envelope: Envelope, at: Date): Promise<ReceivedMail> {
  const mail = await PostalMime.parse(raw);
  const [to, ...others] = envelope.to;
  if (to === undefined || others.length > 0) throw new Error(`expected one recipient, found ${envelope.to.length}`);
  if (mail.from?.address !== envelope.from) throw new Error('From is not who the envelope says it is');
  if (mail.to?.length !== 1 || mail.to[0]?.address !== to) throw new Error('To is not whom the envelope says it is');
  return {
    at: at.toISOString(),
    from: envelope.from,
    to,
    ...read(mail),
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
  };
}

function read(mail: Email): Pick<ReceivedMail, 'messageId' | 'subject' | 'text' | 'html'> {
  const { messageId, subject, date, text, html } = mail;
  const parts = { messageId, subject, date, 'a text part': text, 'an html part': html };
  const missing = Object.entries(parts).find(([, part]) => !part?.trim());
  if (missing || !messageId || !subject || !text || !html) throw new Error(`it has no ${missing?.[0] ?? 'content'}`);
  const single = new Set(['from', 'to', 'subject', 'message-id', 'date']);
  const names = mail.headers.map((header) => header.key).filter((key) => single.has(key));
  if (new Set(names).size !== names.length) throw new Error('a header that stands once stands twice');
  return { messageId, subject, text: text.trimEnd(), html };
}
