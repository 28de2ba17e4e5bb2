import type { ServerResponse } from 'node:http';
import type { SimulatedMail } from '../mail/start.ts';
import { sendText } from '../wire/serve.ts';

/** A mail brings its own styles and nothing else: it runs nothing, loads nothing, and is nobody's origin. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

/** The HTML part of one mail, for a frame: `/sandbox/api/mail/0` is the first that arrived. False: the path is no mail's. */
export function sendMailPart(response: ServerResponse, path: string, { mailbox }: SimulatedMail): boolean {
  const id = /^\/sandbox\/api\/mail\/(\d{1,9})$/.exec(path)?.[1];
  if (id === undefined) return false;
  const mail = mailbox.received[Number(id)];
  if (!mail) {
    sendText(response, 404, 'No such mail');
    return true;
  }
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cache-control', 'no-store');
  sendText(response, 200, mail.html, 'text/html');
  return true;
}
