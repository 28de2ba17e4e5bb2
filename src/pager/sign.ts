import { createHmac } from 'node:crypto';

/**
 * Headers by which the far end knows that a page is Muster's, and when it was sent: HMAC-SHA256, in hex, of the seconds
 * since 1970, a full stop and the body as it is sent. Source: docs/configuration.md.
 */
export function signatureHeaders(secret: string, at: Date, body: string): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'X-Muster-Timestamp': timestamp, 'X-Muster-Signature': `v1=${signature}` };
}
