import { z } from 'zod';
import type { Home } from '../domain/home.ts';
import { personBySlack } from '../domain/identity.ts';
import type { Clock } from '../domain/ports/clock.ts';
import { hideTokens } from '../domain/secret-text.ts';
import type { KeepAsk } from '../incidents/incidents.ts';
import type { Clients } from './clients.ts';
import { plainText } from './plain-text.ts';
import { troubleOf } from './slack-errors.ts';

/** A message as events, shortcuts and histories have it, by what the timeline keeps of it. */
export const SlackMessage = z.looseObject({
  ts: z.string(),
  text: z.string().default(''),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  app_id: z.string().optional(),
  username: z.string().optional(),
  bot_profile: z.looseObject({ name: z.string().optional(), app_id: z.string().optional() }).optional(),
  files: z.array(z.looseObject({ name: z.string().nullish() })).default([]),
  metadata: z.looseObject({ event_type: z.string() }).optional(),
  subtype: z.string().optional(),
  reactions: z.array(z.looseObject({ name: z.string() })).default([]),
});
export type SlackMessage = z.infer<typeof SlackMessage>;

export function keepAskOf(home: Home, channel: string, message: SlackMessage): KeepAsk {
  return { channel, ts: message.ts, text: textOf(home, message), who: whoSaid(home, message) };
}

/** Text, and the names of files, which are all that some messages are. */
export function textOf(home: Home, { text, files }: SlackMessage): string {
  const names = files.map(({ name }) => `[file ${name ?? 'without a name'}]`);
  const said = [plainText(home, text), ...names].filter((part) => part !== '').join(' ');
  return hideTokens(said) || '(a message without words)';
}

function whoSaid(home: Home, { user, bot_id: bot, username, bot_profile: profile }: SlackMessage): string {
  if (bot === undefined && user !== undefined) return personBySlack(home, user).name;
  return profile?.name ?? username ?? bot ?? 'somebody';
}

/** Slack does not tell of a reaction again: reading its message is tried this often, in real time. */
const attempts = 4;
const pauseMs = 2_000;

/** The message itself, in a channel or in a thread; null when it is gone. Throws when Slack does not say. */
export async function readMessage(
  of: { clients: Clients; real: Clock },
  channel: string,
  ts: string,
): Promise<SlackMessage | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // A thread's root comes first whatever the bounds; with them its reply is the next.
      const { messages = [] } = await of.clients.bulk.conversations.replies({
        channel,
        ts,
        oldest: ts,
        latest: ts,
        inclusive: true,
        include_all_metadata: true,
        limit: 10,
      });
      const found = messages.map((each) => SlackMessage.safeParse(each).data).find((each) => each?.ts === ts);
      return found ?? null;
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'refused' && gone.includes(trouble.error)) return null;
      if (trouble.kind === 'refused' || attempt === attempts) throw error;
      await of.real.sleep(trouble.kind === 'rate-limited' ? trouble.seconds * 1000 : pauseMs * attempt);
    }
  }
}

const gone = ['thread_not_found', 'message_not_found', 'channel_not_found', 'not_in_channel'];
