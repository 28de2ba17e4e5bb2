import {
  type Args,
  channelById,
  flag,
  joined,
  type Method,
  type MethodContext,
  paged,
  SlackError,
  text,
} from '../method.ts';
import { messageShape } from '../shapes.ts';
import type { Channel, Message } from '../workspace.ts';

const scopes = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

function readable(args: Args, context: MethodContext): Channel {
  const channel = channelById(context, text(args, 'channel'));
  context.need({ public: 'channels:history', private: 'groups:history', direct: 'im:history' }[channel.kind]);
  return joined(context, channel);
}

/** The bounds themselves are left out unless `inclusive`. */
function within(args: Args, message: Message): boolean {
  const ts = Number(message.ts);
  const oldest = Number(text(args, 'oldest') || 0);
  const latest = Number(text(args, 'latest') || Number.POSITIVE_INFINITY);
  return flag(args, 'inclusive') ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
}

function shaped(args: Args, context: MethodContext, messages: Message[]): Record<string, unknown> {
  const { page, next } = paged(messages, { limit: '100', ...args }, 999);
  const shapes = page.map((message) => {
    const { metadata, ...rest } = messageShape(context.workspace, message);
    return flag(args, 'include_all_metadata') && metadata ? { ...rest, metadata } : rest;
  });
  return { messages: shapes, has_more: next !== '', response_metadata: { next_cursor: next } };
}

const history: Method = {
  tier: 3,
  scopes,
  run: (args, context) => {
    const seen = readable(args, context).messages.filter(
      (one) => one.only === null && (one.thread_ts === undefined || one.thread_ts === one.ts) && within(args, one),
    );
    return shaped(args, context, seen.reverse());
  },
};

const replies: Method = {
  tier: 3,
  scopes,
  run: (args, context) => {
    const ts = text(args, 'ts');
    const channel = readable(args, context);
    const named = channel.messages.find((one) => one.only === null && one.ts === ts);
    if (!named) throw new SlackError('thread_not_found');
    // A reply stands for its thread, whose own message comes first whatever the bounds.
    const root = named.thread_ts ?? ts;
    const thread = channel.messages.filter(
      (one) => one.only === null && (one.ts === root || (one.thread_ts === root && within(args, one))),
    );
    return shaped(args, context, thread);
  },
};

export const histories: Record<string, Method> = {
  'conversations.history': history,
  'conversations.replies': replies,
};
