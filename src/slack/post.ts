import type { WebClient } from '@slack/web-api';
import type { Notice, Place } from '../domain/notice.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { MarkdownFile } from '../domain/views.ts';
import type { Channels } from './channels.ts';
import { shareFile } from './files.ts';
import type { Log } from './log.ts';
import { type Reads, renderNotice } from './notices.ts';
import type { Words } from './presenters/message.ts';
import { presentDocument } from './presenters/review.ts';
import { type Below, findBelow, findPosted, marked, nothingBelow } from './read-back.ts';
import { refusalOf } from './slack-errors.ts';

export interface PostDeps {
  client: WebClient;
  channels: Channels;
  reads: Reads;
  log: Log;
  crash: Crash;
  /** Rejects where another process has taken over meanwhile, which has read back what this one had. */
  mayPost: () => Promise<void>;
}

export interface PostAsk {
  place: Place;
  notice: Notice;
  pin: boolean;
  key: string;
  /** It may have been posted before: read back first. */
  doubtful: boolean;
  /** From here on something of it is there. */
  posted(): void;
}

/** Posts a notice once: the message, what goes below it, and its pin. */
export async function postNotice(deps: PostDeps, ask: PostAsk): Promise<{ channel: string; ts: string }> {
  const channel = await deps.channels.idOf(ask.place);
  const { first, below, file } = await renderNotice(deps.reads, ask.notice);
  const thread = await findThread(deps, channel, ask.place);
  const before = ask.doubtful ? await findBefore(deps.client, channel, ask.key, thread) : null;
  if (before === null) await deps.mayPost();
  const ts = before ?? (await send(deps.client, channel, first, ask.key, { thread, seenByAll: true }));
  ask.posted();
  deps.crash('slack.posted', ask.key);
  const isBelow = below.length > 0 || file !== null;
  const root = thread ?? ts;
  const there = before !== null && isBelow ? await findBelow(deps.client, channel, root) : nothingBelow;
  const under = { channel, ts: root, key: ask.key, there };
  await sendBelow(deps.client, under, below);
  if (file !== null && !there.files.includes(file.name)) await sendFile(deps, under, file);
  if (ask.pin) await pin(deps, channel, ts);
  return { channel, ts };
}

/** The message below which this goes; null where it is gone, or was never there. */
async function findThread(deps: PostDeps, channel: string, place: Place): Promise<string | null> {
  if (place.in !== 'channel' || place.under === undefined) return null;
  try {
    return await findPosted(deps.client, channel, place.under);
  } catch (error) {
    if (refusalOf(error) === null) throw error;
    return null;
  }
}

async function findBefore(
  client: WebClient,
  channel: string,
  key: string,
  thread: string | null,
): Promise<string | null> {
  if (thread === null) return findPosted(client, channel, key);
  return (await findBelow(client, channel, thread)).keys.get(key) ?? null;
}

async function send(
  client: WebClient,
  channel: string,
  words: Words,
  key: string,
  { thread, seenByAll }: { thread: string | null; seenByAll: boolean },
): Promise<string> {
  const below = thread === null ? {} : { thread_ts: thread, ...(seenByAll && { reply_broadcast: true as const }) };
  const sent = await client.chat.postMessage({
    channel,
    ...words,
    metadata: marked(key),
    unfurl_links: false,
    unfurl_media: false,
    ...below,
  });
  if (!sent.ts) throw new Error('chat.postMessage named no message');
  return sent.ts;
}

interface Under {
  channel: string;
  ts: string;
  key: string;
  there: Below;
}

async function sendBelow(client: WebClient, under: Under, below: readonly Words[]): Promise<void> {
  for (const [index, words] of below.entries()) {
    const key = `${under.key}/${index + 2}`;
    if (!under.there.keys.has(key))
      await send(client, under.channel, words, key, { thread: under.ts, seenByAll: false });
  }
}

/** Where Slack takes no file, its text goes below in parts: nobody is told of a document that is not there. */
async function sendFile(deps: PostDeps, under: Under, file: MarkdownFile): Promise<void> {
  try {
    await shareFile(deps.client, file, { channel: under.channel, under: under.ts });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null || refusal === 'missing_scope') throw error;
    deps.log.warn({ refusal, file: file.name }, 'Slack took no file: its text is posted instead.');
    await sendBelow(deps.client, under, presentDocument(file, deps.reads.simulated));
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
