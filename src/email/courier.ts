import { createHash } from 'node:crypto';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Mail } from '../domain/notice.ts';
import type { Courier } from '../domain/ports/courier.ts';
import { explainFailure } from './failure.ts';
import { readServer } from './server.ts';

export interface EmailOptions {
  /** `smtp://user:password@host:587`, `smtps://…`; holds a secret. */
  url: string;
  /** The address that mail is from, and whom people see before it. */
  from: { address: string; name: string };
  /** Tells this Muster's rows from those of any other. */
  storeId(): Promise<string>;
  /** Real milliseconds that the server may be silent at each turn; the whole of a mail may take six times as long. */
  timeoutMs?: number;
}

export interface EmailCourier extends Courier {
  /** Ends its connections: for when nothing more is delivered. */
  close(): void;
}

const connections = 4;
const usualTimeoutMs = 10_000;
const turns = 6;
/** The library believes whatever begins with a 2. */
const isTaken = /^2\d\d(?!\d)/;

/** Mail by SMTP over a few connections that are kept. What is not known to have arrived is sent again as the same message. */
export function createEmailCourier(options: EmailOptions): EmailCourier {
  const timeoutMs = options.timeoutMs ?? usualTimeoutMs;
  const server = readServer(options.url);
  const transport = createTransport({
    ...server.connection,
    pool: true,
    maxConnections: connections,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    to: 'email',
    deliver: async (outgoing, key) => {
      if (outgoing.to !== 'email') return { state: 'refused', why: 'This is no mail.' };
      const row = [await options.storeId(), key];
      const attempt = { address: outgoing.mail.address, from: options.from.address, ...server };
      try {
        const signal = AbortSignal.timeout(timeoutMs * turns);
        const message = { ...messageOf(options.from, outgoing.mail, row), signal };
        const { messageId, response } = await transport.sendMail(message);
        if (isTaken.test(response)) return { state: 'sent', receipt: { messageId } };
        return explainFailure({ response }, attempt);
      } catch (error) {
        return explainFailure(error, attempt);
      }
    },
    close: () => transport.close(),
  };
}

function messageOf(from: EmailOptions['from'], mail: Mail, row: readonly string[]): SendMailOptions {
  return {
    from,
    to: { name: '', address: mail.address },
    // Given as it is, so that an address is never read as several.
    envelope: { from: from.address, to: [mail.address] },
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId: messageIdOf(from.address, [...row, mail.address]),
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** The same for the same row and address, whoever sends it and however often. */
function messageIdOf(from: string, madeOf: readonly string[]): string {
  const name = createHash('sha256').update(madeOf.join('\n')).digest('hex').slice(0, 40);
  return `<${name}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
