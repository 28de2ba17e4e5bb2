import {
  channelById,
  flag,
  joined,
  type Method,
  type MethodContext,
  open,
  paged,
  required,
  SlackError,
  text,
} from '../method.ts';
import { channelShape } from '../shapes.ts';
import type { Channel } from '../workspace.ts';

const seeing = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const managing = ['channels:manage', 'groups:write', 'im:write', 'mpim:write'];

function checkName(context: MethodContext, name: string): void {
  if (name.trim() === '') throw new SlackError('invalid_name_required');
  if (name.length > 80) throw new SlackError('invalid_name_maxlength');
  if (/^[\p{P}\p{S}]+$/u.test(name)) throw new SlackError('invalid_name_punctuation');
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new SlackError('invalid_name_specials');
  // An archived channel keeps its name.
  if ([...context.workspace.channels.values()].some((one) => one.name === name)) throw new SlackError('name_taken');
}

export function makeChannel(context: MethodContext, name: string, kind: Channel['kind'], members: string[]): Channel {
  const { workspace } = context;
  const channel: Channel = {
    id: workspace.nextId(kind === 'direct' ? 'D' : 'C'),
    name,
    kind,
    is_archived: false,
    creator: workspace.bot.user,
    created: Math.floor(workspace.now().getTime() / 1000),
    members: new Set(members),
    topic: '',
    purpose: '',
    pins: [],
    bookmarks: [],
    messages: [],
  };
  workspace.channels.set(channel.id, channel);
  return channel;
}

const create: Method = {
  tier: 2,
  scopes: managing,
  run: (args, context) => {
    const isPrivate = flag(args, 'is_private');
    context.need(isPrivate ? 'groups:write' : 'channels:manage');
    const name = text(args, 'name');
    checkName(context, name);
    const channel = makeChannel(context, name, isPrivate ? 'private' : 'public', [context.workspace.bot.user]);
    return { channel: channelShape(context.workspace, channel) };
  },
};

const list: Method = {
  tier: 2,
  scopes: seeing,
  run: (args, context) => {
    const { workspace } = context;
    const types = (text(args, 'types') || 'public_channel').split(',');
    const kinds: Record<Channel['kind'], string> = {
      public: 'public_channel',
      private: 'private_channel',
      direct: 'im',
    };
    const seen = [...workspace.channels.values()].filter(
      (channel) =>
        types.includes(kinds[channel.kind]) &&
        (channel.kind === 'public' || channel.members.has(workspace.bot.user)) &&
        !(flag(args, 'exclude_archived') && channel.is_archived),
    );
    const { page, next } = paged(seen, args, 1000);
    return { channels: page.map((one) => channelShape(workspace, one)), response_metadata: { next_cursor: next } };
  },
};

const info: Method = {
  tier: 3,
  scopes: seeing,
  run: (args, context) => ({
    channel: channelShape(context.workspace, channelById(context, required(args, 'channel', 'channel_not_found'))),
  }),
};

const members: Method = {
  tier: 4,
  scopes: seeing,
  run: (args, context) => {
    const channel = channelById(context, text(args, 'channel'));
    const { page, next } = paged([...channel.members], args, 1000);
    return { members: page, response_metadata: { next_cursor: next } };
  },
};

const join: Method = {
  tier: 3,
  scopes: ['channels:join'],
  run: (args, context) => {
    const channel = open(channelById(context, text(args, 'channel')));
    if (channel.kind !== 'public') throw new SlackError('method_not_supported_for_channel_type');
    const already = channel.members.has(context.workspace.bot.user);
    channel.members.add(context.workspace.bot.user);
    return { channel: channelShape(context.workspace, channel), ...(already ? { warning: 'already_in_channel' } : {}) };
  },
};

function named(field: 'topic' | 'purpose'): Method {
  return {
    tier: 2,
    scopes: managing,
    run: (args, context) => {
      const channel = open(joined(context, channelById(context, text(args, 'channel'))));
      const value = text(args, field);
      if (value.length > 250) throw new SlackError('too_long');
      channel[field] = value;
      return { channel: channelShape(context.workspace, channel) };
    },
  };
}

const archive: Method = {
  tier: 2,
  scopes: managing,
  run: (args, context) => {
    const channel = channelById(context, text(args, 'channel'));
    if (channel.is_archived) throw new SlackError('already_archived');
    if (channel.name === 'general') throw new SlackError('cant_archive_general');
    joined(context, channel).is_archived = true;
    channel.members.delete(context.workspace.bot.user);
    context.tell({ type: 'channel_archive', channel: channel.id, user: context.workspace.bot.user });
    return {};
  },
};

export const conversations: Record<string, Method> = {
  'conversations.create': create,
  'conversations.list': list,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.join': join,
  'conversations.setTopic': named('topic'),
  'conversations.setPurpose': named('purpose'),
  'conversations.archive': archive,
};
