import { signRequest } from './sign.ts';
import type { Workspace } from './workspace.ts';

export type Kind = 'slash_commands' | 'interactive' | 'events_api';

/** The app's answer to one delivery, or the error Slack shows when there was none in time. */
export type Answer = { ok: true; body: unknown } | { ok: false; error: string };

export interface Delivery {
  send(kind: Kind, payload: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
}

export const ackMs = 3000;

/** How a request's body is written for its kind: Slack's content types, to the letter. */
export function encode(kind: Kind, payload: Record<string, unknown>): { type: string; body: string } {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() };
}

/** Delivery by signed requests to the app's own address. */
export function httpDelivery(url: () => string | null, secret: string, workspace: Workspace): Delivery {
  return {
    send: async (kind, payload, extra = {}) => {
      const address = url();
      if (address === null) return { ok: false, error: 'dispatch_failed' };
      const { type, body } = encode(kind, payload);
      const timestamp = Math.floor(workspace.real() / 1000);
      const headers = { 'content-type': type, ...signRequest({ secret, body, timestamp }), ...extra };
      try {
        const signal = AbortSignal.timeout(ackMs);
        const response = await fetch(address, { method: 'POST', headers, body, signal });
        return answerOf(response.status, await response.text());
      } catch (error) {
        const late = error instanceof Error && error.name === 'TimeoutError';
        return { ok: false, error: late ? 'operation_timeout' : 'dispatch_failed' };
      }
    },
  };
}

function answerOf(status: number, text: string): Answer {
  if (status >= 500) return { ok: false, error: 'http_service_error' };
  if (status < 200 || status > 299) return { ok: false, error: 'http_client_error' };
  return { ok: true, body: parsed(text) };
}

function parsed(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
