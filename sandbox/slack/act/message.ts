import { escapeTyped } from '../pings.ts';
import { changed, deleted, toldShape } from '../shapes.ts';
import type { Channel, Message } from '../workspace.ts';
import { messageShortcut } from './payloads.ts';
import { type Acted, channelFor, dispatch, type Hands, handlesFor } from './people.ts';

/** What people do to a message that is there. */
export interface OnMessage {
  user: string;
  channel: string;
  ts: string;
}

export type Reaction = OnMessage & { name: string };

interface Found {
  channel: Channel;
  message: Message;
}

function find(hands: Hands, { user, channel: id, ts }: OnMessage): Found {
  const channel = channelFor(hands, user, id);
  const message = channel.messages.find((one) => one.ts === ts && one.only === null);
  if (!message) throw new Error(`There is no message ${ts} in #${channel.name}.`);
  return { channel, message };
}

function tell(hands: Hands, channel: Channel, event: Record<string, unknown>): void {
  hands.workspace.changes.tell();
  if (channel.members.has(hands.workspace.bot.user)) hands.events.tell(event);
}

export function react(hands: Hands, reaction: Reaction): void {
  const { channel, message } = find(hands, reaction);
  const there = message.reactions.find((one) => one.name === reaction.name);
  if (there?.users.includes(reaction.user))
    throw new Error(`${reaction.user} has put :${reaction.name}: there before.`);
  if (there) there.users.push(reaction.user);
  else message.reactions.push({ name: reaction.name, users: [reaction.user] });
  tell(hands, channel, reactionEvent('reaction_added', reaction, { channel, message }));
}

export function undoReaction(hands: Hands, reaction: Reaction): void {
  const { channel, message } = find(hands, reaction);
  const there = message.reactions.find((one) => one.name === reaction.name);
  if (!there?.users.includes(reaction.user)) throw new Error(`${reaction.user} has put no :${reaction.name}: there.`);
  there.users.splice(there.users.indexOf(reaction.user), 1);
  message.reactions = message.reactions.filter((one) => one.users.length > 0);
  tell(hands, channel, reactionEvent('reaction_removed', reaction, { channel, message }));
}

function reactionEvent(type: string, { user, name }: Reaction, { channel, message }: Found): Record<string, unknown> {
  const item = { type: 'message', channel: channel.id, ts: message.ts };
  return { type, user, reaction: name, item, ...(message.bot_id ? {} : { item_user: message.user }) };
}

function own(hands: Hands, asked: OnMessage): Found {
  const found = find(hands, asked);
  if (found.message.user !== asked.user || found.message.bot_id) throw new Error('That message is somebody else’s.');
  return found;
}

export function editMessage(hands: Hands, edit: OnMessage & { text: string }): void {
  const { channel, message } = own(hands, edit);
  const before = toldShape(hands.workspace, message);
  message.text = escapeTyped(edit.text);
  message.edited = { user: edit.user, ts: hands.workspace.nextTs() };
  tell(hands, channel, changed(hands.workspace, channel, toldShape(hands.workspace, message), before));
}

/** What has replies leaves a stone, so that they still hang together. */
export function deleteMessage(hands: Hands, asked: OnMessage): void {
  const { workspace } = hands;
  const { channel, message } = own(hands, asked);
  const hasReplies = channel.messages.some((one) => one.thread_ts === message.ts && one !== message);
  if (!hasReplies) {
    channel.messages.splice(channel.messages.indexOf(message), 1);
    return tell(hands, channel, deleted(workspace, channel, message));
  }
  const before = toldShape(workspace, message);
  Object.assign(message, { user: 'USLACKBOT', subtype: 'tombstone', text: 'This message was deleted.', reactions: [] });
  tell(hands, channel, changed(workspace, channel, { ...toldShape(workspace, message), hidden: true }, before));
}

export async function useShortcut(hands: Hands, use: OnMessage & { callbackId: string }): Promise<Acted> {
  const found = find(hands, use);
  const { shortcuts } = hands.workspace.app;
  if (!shortcuts.some((one) => one.callbackId === use.callbackId)) {
    throw new Error(`The app has no shortcut ${use.callbackId}.`);
  }
  const handles = handlesFor(hands, use.user, found.channel, null);
  const payload = messageShortcut(hands.workspace, use.user, found, use.callbackId, handles);
  const answer = await dispatch(hands, 'interactive', payload);
  return answer.ok ? { ok: true } : { ok: false, shown: `Slack could not reach the app: ${answer.error}` };
}
