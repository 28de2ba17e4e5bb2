import {
  type Args,
  channelById,
  joined,
  type Method,
  type MethodContext,
  open,
  required,
  SlackError,
  text,
} from '../method.ts';
import { messageShape } from '../shapes.ts';
import type { Channel, Message } from '../workspace.ts';

/** Pins, reactions, bookmarks. */

function marked(args: Args, context: MethodContext): { channel: Channel; message: Message } {
  const channel = open(joined(context, channelById(context, text(args, 'channel'))));
  const ts = required(args, 'timestamp', 'no_item_specified');
  const message = channel.messages.find((one) => one.ts === ts && one.only === null);
  if (!message) throw new SlackError('message_not_found');
  return { channel, message };
}

const pin: Method = {
  tier: 2,
  scopes: ['pins:write'],
  run: (args, context) => {
    const { channel, message } = marked(args, context);
    if (channel.pins.includes(message.ts)) throw new SlackError('already_pinned');
    if (channel.pins.length >= 100) throw new SlackError('too_many_pins');
    channel.pins.push(message.ts);
    context.tell({ type: 'pin_added', user: context.workspace.bot.user, channel_id: channel.id });
    return {};
  },
};

const unpin: Method = {
  tier: 2,
  scopes: ['pins:write'],
  run: (args, context) => {
    const { channel, message } = marked(args, context);
    if (!channel.pins.includes(message.ts)) throw new SlackError('no_pin');
    channel.pins.splice(channel.pins.indexOf(message.ts), 1);
    return {};
  },
};

const pins: Method = {
  tier: 2,
  scopes: ['pins:read'],
  run: (args, context) => {
    const channel = joined(context, channelById(context, text(args, 'channel')));
    const messages = channel.messages.filter((one) => channel.pins.includes(one.ts));
    const item = (one: Message) => ({
      type: 'message',
      channel: channel.id,
      message: messageShape(context.workspace, one),
    });
    return { items: messages.map(item) };
  },
};

const react: Method = {
  tier: 3,
  scopes: ['reactions:write'],
  run: (args, context) => {
    const { message } = marked(args, context);
    const name = required(args, 'name', 'invalid_name').replaceAll(':', '');
    const reaction = message.reactions.find((one) => one.name === name);
    if (reaction?.users.includes(context.workspace.bot.user)) throw new SlackError('already_reacted');
    if (reaction) reaction.users.push(context.workspace.bot.user);
    else message.reactions.push({ name, users: [context.workspace.bot.user] });
    const item = { type: 'message', channel: text(args, 'channel'), ts: message.ts };
    const { user } = context.workspace.bot;
    context.tell({ type: 'reaction_added', user, reaction: name, item, item_user: message.user });
    return {};
  },
};

const bookmark: Method = {
  tier: 2,
  scopes: ['bookmarks:write'],
  run: (args, context) => {
    const channel = open(joined(context, channelById(context, text(args, 'channel_id'))));
    if (text(args, 'type') !== 'link') throw new SlackError('invalid_bookmark_type');
    const link = text(args, 'link');
    if (!/^https?:\/\//.test(link)) throw new SlackError('invalid_link');
    if (channel.bookmarks.length >= 100) throw new SlackError('too_many_bookmarks');
    const added = { id: context.workspace.nextId('Bk'), title: required(args, 'title'), link };
    channel.bookmarks.push(added);
    return { bookmark: { ...added, channel_id: channel.id, type: 'link' } };
  },
};

export const marks: Record<string, Method> = {
  'pins.add': pin,
  'pins.remove': unpin,
  'pins.list': pins,
  'reactions.add': react,
  'bookmarks.add': bookmark,
};
