import type { WebClient } from '@slack/web-api';
import type { Notice, Place } from '../domain/notice.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { Channels } from './channels.ts';
import type { Log } from './log.ts';
import { type Reads, renderNotice } from './notices.ts';
import type { Words } from './presenters/message.ts';
import { findBelow, findPosted, marked } from './read-back.ts';
import { refusalOf } from './slack-errors.ts';

export interface PostDeps {
  client: WebClient;
  channels: Channels;
  reads: Reads;
  log: Log;
  crash: Crash;
}

export interface PostAsk {
  place: Place;
  notice: Notice;
  pin: boolean;
  key: string;
  /** It may have been posted before: read back first. */
  doubtful: boolean;
}

/** Posts a notice once: the message, what goes below it, and its pin. */
export async function postNotice(deps: PostDeps, ask: PostAsk): Promise<{ channel: string; ts: string }> {
  const channel = await deps.channels.idOf(ask.place);
  const [first, ...below] = await renderNotice(deps.reads, ask.notice);
  const before = ask.doubtful ? await findPosted(deps.client, channel, ask.key) : null;
  const ts = before ?? (await send(deps.client, channel, first, ask.key));
  deps.crash('slack.posted', ask.key);
  await sendBelow(deps.client, { channel, ts, key: ask.key, below, doubtful: before !== null });
  if (ask.pin) await pin(deps, channel, ts);
  return { channel, ts };
}

async function send(client: WebClient, channel: string, words: Words, key: string, under?: string): Promise<string> {
  const sent = await client.chat.postMessage({
    channel,
    ...words,
    metadata: marked(key),
    unfurl_links: false,
    unfurl_media: false,
    ...(under ? { thread_ts: under } : {}),
  });
  if (!sent.ts) throw new Error('chat.postMessage named no message');
  return sent.ts;
}

async function sendBelow(
  client: WebClient,
  of: { channel: string; ts: string; key: string; below: readonly Words[]; doubtful: boolean },
): Promise<void> {
  if (of.below.length === 0) return;
  const there = of.doubtful ? await findBelow(client, of.channel, of.ts) : new Map<string, string>();
  for (const [index, words] of of.below.entries()) {
    const key = `${of.key}/${index + 2}`;
    if (!there.has(key)) await send(client, of.channel, words, key, of.ts);
  }
}

/** A message that cannot be pinned is still a message. */
async function pin(deps: PostDeps, channel: string, timestamp: string): Promise<void> {
  try {
    await deps.client.pins.add({ channel, timestamp });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    if (refusal !== 'already_pinned') deps.log.warn({ channel, refusal }, 'A message could not be pinned.');
  }
}
