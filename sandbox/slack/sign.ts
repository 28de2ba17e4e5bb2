import { createHmac } from 'node:crypto';

export interface ToSign {
  secret: string;
  body: string;
  /** Unix seconds; the receiver refuses what is more than five minutes old. */
  timestamp: number;
}

/** The headers that say a request is Slack's: `v0=` and the HMAC of version, time and raw body. */
export function signRequest({ secret, body, timestamp }: ToSign): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${signature}` };
}

/** A whole signed request to an app: what fetch needs. Any part may be replaced, to forge it. */
export function signedForm(body: string, secret: string, timestamp: number): RequestInit {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signRequest({ secret, body, timestamp }) };
  return { method: 'POST', headers, body };
}
