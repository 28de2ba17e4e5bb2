import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

/** What marks a message as ours: its key is the outbox row's own name. */
export const eventType = 'muster';

const Marked = z.object({
  ts: z.string(),
  metadata: z.object({ event_type: z.literal(eventType), event_payload: z.object({ key: z.string() }) }),
});

/** Pages of 200 messages that are looked through, newest first. */
const most = 10;

export function marked(key: string): { event_type: string; event_payload: { key: string } } {
  return { event_type: eventType, event_payload: { key } };
}

/** The message with this key, if it was posted after all. */
export async function findPosted(client: WebClient, channel: string, key: string): Promise<string | null> {
  let cursor = '';
  for (let page = 0; page < most; page += 1) {
    const history = await client.conversations.history({
      channel,
      include_all_metadata: true,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    });
    const found = keysIn(history.messages).get(key);
    if (found !== undefined) return found;
    cursor = history.response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
  return null;
}

/** What is below a message already: keys of our words, and names of our files, which carry no key. */
export interface Below {
  keys: Map<string, string>;
  files: readonly string[];
}

export const nothingBelow: Below = { keys: new Map(), files: [] };

export async function findBelow(client: WebClient, channel: string, ts: string): Promise<Below> {
  const { messages } = await client.conversations.replies({ channel, ts, include_all_metadata: true, limit: 200 });
  return { keys: keysIn(messages), files: filesIn(messages) };
}

const WithFiles = z.object({ bot_id: z.string(), files: z.array(z.object({ name: z.string() })) });

function filesIn(messages: readonly unknown[] | undefined): string[] {
  return (messages ?? []).flatMap((each) => WithFiles.safeParse(each).data?.files ?? []).map(({ name }) => name);
}

/** Whether we have ever said anything in a channel but what has a key that begins so. */
export async function hasSpoken(client: WebClient, channel: string, but: string): Promise<boolean> {
  const { messages } = await client.conversations.history({ channel, include_all_metadata: true, limit: 200 });
  return [...keysIn(messages).keys()].some((key) => !key.startsWith(but));
}

function keysIn(messages: readonly unknown[] | undefined): Map<string, string> {
  const ours = (messages ?? []).flatMap((message) => Marked.safeParse(message).data ?? []);
  return new Map(ours.map(({ ts, metadata }) => [metadata.event_payload.key, ts]));
}
