import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import { findPosted, marked } from './read-back.ts';
import { refusalOf } from './slack-errors.ts';

/** Slack takes this many in one call. */
const atOnce = 100;

/** Errors that mean that all is well. */
const fine = ['already_in_channel', 'cant_invite_self'];

const Refused = z.object({
  errors: z.array(z.object({ user: z.string().optional(), error: z.string() })).default([]),
});

/** How the key begins by which a sentence about refused invitations is found again. */
export function inviteKey(channel: string): string {
  return `invite/${channel}`;
}

/** Invites everybody; whom Slack refuses is named in the channel, once, so that somebody asks them in. */
export async function invite(client: WebClient, channel: string, users: readonly string[]): Promise<void> {
  const refused: string[] = [];
  for (let at = 0; at < users.length; at += atOnce) {
    refused.push(...(await inviteSome(client, channel, users.slice(at, at + atOnce))));
  }
  if (refused.length === 0) return;
  const key = `${inviteKey(channel)}/${refused.join(' ').slice(0, 200)}`;
  if ((await findPosted(client, channel, key)) !== null) return;
  const text = `⚠️ Not invited: ${refused.join(', ')}. Somebody in the workspace has to ask them in.`;
  await client.chat.postMessage({ channel, text, metadata: marked(key) });
}

/** With `force` the good ones are let in although some are refused. */
async function inviteSome(client: WebClient, channel: string, users: readonly string[]): Promise<string[]> {
  try {
    const answer = await client.conversations.invite({ channel, users: users.join(','), force: true });
    return refusedIn(answer);
  } catch (error) {
    if (refusalOf(error) === null || !(error instanceof WebAPIPlatformError)) throw error;
    const named = refusedIn(error.data);
    if (named.length > 0 || fine.includes(error.data.error)) return named;
    return [`${users.length} people (${error.data.error})`];
  }
}

function refusedIn(answer: unknown): string[] {
  const { errors } = Refused.catch({ errors: [] }).parse(answer);
  return errors
    .filter(({ error }) => !fine.includes(error))
    .map(({ user, error }) => `${user === undefined ? 'somebody' : `\`${user}\``} (${error})`);
}
