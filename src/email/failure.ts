import { z } from 'zod';
import type { Delivery } from '../domain/ports/courier.ts';

/** What nodemailer rejects with; `response` is the server's own words. */
const SmtpError = z.object({
  code: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
});
type SmtpError = z.infer<typeof SmtpError>;

export interface Attempt {
  address: string;
  from: string;
  secrets: readonly string[];
}

const noAnswerMs = 5_000;
const deferredMs = 30_000;
/** What is wrong with the server stays wrong until somebody mends it. */
const untilMendedMs = 60_000;
/** Of the login, not of the mail, wherever they are answered: RFC 4954, section 6. */
const loginWanted: ReadonlySet<number> = new Set([530, 534, 535, 538]);
const mendLogin = 'Check the user, the password and TLS of SMTP_URL, then start Muster again.';

/** What became of a mail that was not taken: refused where the server said no to it for good, else to be tried again. */
export function explainFailure(error: unknown, attempt: Attempt): Delivery {
  const failure = SmtpError.catch({}).parse(error);
  const { code, responseCode } = failure;
  const said = sayAnswer(failure, attempt);
  if (code === 'EAUTH' && isTemporary(responseCode)) {
    return later(`The mail server lets nobody log in at present: ${said}`, deferredMs);
  }
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    const why = 'The mail server does not accept the user and password of SMTP_URL: mend it, then start Muster again.';
    return later(why, untilMendedMs);
  }
  if (code === 'ETLS') {
    return later('The mail server and Muster do not agree on TLS: check SMTP_URL.', untilMendedMs);
  }
  if (responseCode !== undefined && loginWanted.has(responseCode)) {
    return later(`The mail server wants a login before it takes mail: ${said} ${mendLogin}`, untilMendedMs);
  }
  if (code === 'EENVELOPE' || code === 'EMESSAGE') {
    if (!isNo(failure)) {
      return later(`The mail server takes no mail for ${attempt.address} at present: ${said}`, deferredMs);
    }
    return { state: 'refused', why: sayRefusal(failure, attempt, said) };
  }
  if (failure.response) return later(`The mail server takes no mail at present, it answered: ${said}`, noAnswerMs);
  const silent = code === 'EABORT' ? 'it took too long' : said;
  return later(`The mail server could not be reached or did not answer (${silent}).`, noAnswerMs);
}

/** The server's own no for good, or no address at all; anything else may come to be taken. */
function isNo({ command, responseCode = 0 }: SmtpError): boolean {
  return command === 'API' || (responseCode >= 500 && responseCode < 600);
}

function sayRefusal({ code, command }: SmtpError, { address, from }: Attempt, said: string): string {
  switch (code === 'EENVELOPE' ? (command ?? '') : '') {
    case 'RCPT TO':
      return `The mail server takes no mail for ${address}: ${said} Check the address in muster.yml.`;
    case 'MAIL FROM':
      return `The mail server takes no mail from ${from}: ${said} Check email.from in muster.yml.`;
    case 'API':
      return `${address} is no address that mail can be sent to: check it in muster.yml.`;
    default:
      return `The mail server would not take this mail to ${address}: ${said}`;
  }
}

/** The server's words in one line, without what must not be seen: to a login, its code alone; else what failed. */
function sayAnswer({ response, code, command }: SmtpError, { secrets }: Attempt): string {
  if (!response) return code ?? 'no answer';
  const told = command?.startsWith('AUTH') ? (/^\d{3}/.exec(response)?.[0] ?? 'no code') : response;
  const hidden = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), told);
  const safe = hidden.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  const cut = safe.length > 200 ? `${safe.slice(0, 200)}…` : safe;
  return /[.!?…]$/.test(cut) ? cut : `${cut}.`;
}

function later(why: string, afterMs: number): Delivery {
  return { state: 'later', why, afterMs };
}

function isTemporary(responseCode: number | undefined): boolean {
  return responseCode !== undefined && responseCode >= 400 && responseCode < 500;
}
