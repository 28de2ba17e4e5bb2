import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import { z } from 'zod';
import { Form } from './listeners/fields.ts';

/** Bytes that a request may have. */
const largest = 4 * 1024 * 1024;

const view = z.looseObject({ id: z.string(), callback_id: z.string(), private_metadata: z.string().optional() });
const sent = view.extend(Form.shape);
const user = z.looseObject({ id: z.string() });
const place = z.union([z.string(), z.looseObject({})]);
const event = z.looseObject({
  type: z.string(),
  user: place.optional(),
  channel: place.optional(),
  item: z.looseObject({}).optional(),
  message: z.looseObject({}).optional(),
  subtype: z.string().optional(),
});

/** Every kind of request that Slack sends, by what Bolt and the listeners take for granted in it. */
const Body = z.union([
  z.looseObject({ command: z.string(), user_id: z.string(), channel_id: z.string() }),
  z.looseObject({ ssl_check: z.literal('1') }),
  z.looseObject({ type: z.literal('url_verification'), challenge: z.string() }),
  z.looseObject({ type: z.literal('event_callback'), event }),
  z.looseObject({ actions: z.array(z.looseObject({ action_id: z.string() })).min(1), user }),
  z.looseObject({ type: z.literal('view_submission'), user, view: sent }),
  z.looseObject({ type: z.literal('view_closed'), user, view }),
  z.looseObject({ type: z.enum(['shortcut', 'message_action']), callback_id: z.string(), user }),
  z.looseObject({ type: z.literal('block_suggestion'), user }),
]);

/** The whole body; null when it is longer than a request of Slack may be. */
export function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largest) chunks.push(chunk);
    });
    request.on('end', () => resolve(size <= largest ? Buffer.concat(chunks) : null));
    request.on('error', reject);
  });
}

/** Whether Slack could have sent this. Bolt leaves other things without an answer, and `null` ends its process. */
export function isSlacks(body: Buffer, type: string | undefined): boolean {
  return Body.safeParse(contentOf(body.toString(), type)).success;
}

function contentOf(text: string, type: string | undefined): unknown {
  try {
    if (type !== 'application/x-www-form-urlencoded') return JSON.parse(text);
    const form = parse(text);
    return typeof form.payload === 'string' ? JSON.parse(form.payload) : { ...form };
  } catch {
    return undefined;
  }
}
