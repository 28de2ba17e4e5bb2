import type { Readable } from 'node:stream';
import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import { losesAnswer, pause } from '../wire/faults.ts';
import { faultyAnswer, type MailFaults, type MailPoint } from './faults.ts';
import { type Envelope, type Mailbox, readMail } from './mailbox.ts';

export interface Desk {
  mailbox: Mailbox;
  faults: MailFaults;
  now(): Date;
  login?: { user: string; password: string } | undefined;
  /** Ends a client's connection without a word. */
  hangUp(session: SMTPServerSession): void;
}

type Handlers = Required<Pick<SMTPServerOptions, 'onAuth' | 'onConnect' | 'onMailFrom' | 'onRcptTo' | 'onData'>>;

/** What the server does at each turn of a client. */
export function handlersOf(desk: Desk): Handlers {
  const { faults, login } = desk;
  return {
    onAuth: ({ username, password }, _session, done) => {
      if (username === login?.user && password === login?.password) return done(null, { user: username });
      done(refusal(desk, '', 535, `Authentication failed for ${username}`));
    },
    onConnect: (_session, done) => done(faults.down === '503' ? failure(421, 'Service not available') : null),
    onMailFrom: ({ address }, _session, done) => void check(desk, 'mail', address).then(done),
    onRcptTo: ({ address }, _session, done) => void check(desk, 'rcpt', address).then(done),
    onData: (stream, session, done) => {
      const envelope = envelopeOf(session);
      take(desk, stream, envelope).then(
        (lost) => (lost ? desk.hangUp(session) : done()),
        (error: unknown) => done(refused(desk, envelope, error)),
      );
    },
  };
}

async function check(desk: Desk, at: MailPoint, address: string): Promise<Error | null> {
  await pause(desk.faults.slowMs);
  const code = faultyAnswer(desk.faults, at, address);
  return code === null ? null : refusal(desk, address, code, sayFault(code));
}

/** Takes a mail or throws; true when the answer is to be lost. */
async function take({ mailbox, faults, now }: Desk, stream: Readable, envelope: Envelope): Promise<boolean> {
  const parts: Buffer[] = [];
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
  await pause(faults.slowMs);
  const code = faultyAnswer(faults, 'data', envelope.to.join(', '));
  if (code !== null) throw failure(code, sayFault(code));
  const mail = await readMail(Buffer.concat(parts), envelope, now());
  mailbox.received.push(mail);
  mailbox.changes.tell();
  return losesAnswer(faults, mail.to);
}

function envelopeOf({ envelope: { mailFrom, rcptTo } }: SMTPServerSession): Envelope {
  return { from: mailFrom ? mailFrom.address : '', to: rcptTo.map((to) => to.address) };
}

function refused(desk: Desk, envelope: Envelope, error: unknown): Error {
  const { message, responseCode = 554 } = error as Error & { responseCode?: number };
  return refusal(desk, envelope.to.join(', '), responseCode, message);
}

function refusal({ mailbox, now }: Desk, to: string, status: number, error: string): Error {
  mailbox.refused.push({ at: now().toISOString(), to, status, error });
  mailbox.changes.tell();
  return failure(status, error);
}

function failure(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function sayFault(code: number): string {
  if (code === 550) return '5.1.1 No such mailbox here';
  return code < 500 ? '4.3.0 Try again later' : '5.7.1 Not accepted';
}
