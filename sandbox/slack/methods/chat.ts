import { botMessage } from '../bot-message.ts';
import { withIds } from '../ids.ts';
import { checkMessageBlocks, checkMetadata } from '../limits.ts';
import {
  type Args,
  channelById,
  json,
  type Method,
  type MethodContext,
  open,
  required,
  SlackError,
  text,
} from '../method.ts';
import { notePings } from '../pings.ts';
import { changed, channelTypes, deleted, messageShape, toldShape } from '../shapes.ts';
import type { Block, Channel, Message, Workspace } from '../workspace.ts';
import { directWith } from './invite.ts';

/** Messages may be addressed by id, by name, or to a person. */
function addressed(args: Args, context: MethodContext): Channel {
  const { workspace, has } = context;
  const to = required(args, 'channel', 'channel_not_found');
  if (workspace.users.has(to)) return directWith(context, to);
  const name = to.replace(/^#/, '');
  const byName = [...workspace.channels.values()].find((one) => one.kind === 'public' && one.name === name);
  const channel = open(byName ?? channelById(context, to));
  const member = channel.members.has(workspace.bot.user);
  if (!member && !(channel.kind === 'public' && has('chat:write.public'))) throw new SlackError('not_in_channel');
  return channel;
}

export function readBlocks(args: Args, workspace: Workspace): Block[] {
  const blocks = json(args, 'blocks', 'invalid_blocks_format');
  if (blocks === undefined) return [];
  const refusal = checkMessageBlocks(blocks);
  if (refusal) throw new SlackError(refusal.error, refusal.messages);
  return withIds(workspace, blocks as unknown[]);
}

function readMetadata(args: Args): Pick<Message, 'metadata'> {
  const metadata = json(args, 'metadata', 'invalid_metadata_format');
  if (metadata === undefined) return {};
  const refusal = checkMetadata(metadata);
  if (refusal) throw new SlackError(refusal.error, refusal.messages);
  return { metadata: metadata as NonNullable<Message['metadata']> };
}

function readMessage(args: Args, context: MethodContext, channel: Channel): Message {
  const { workspace } = context;
  const blocks = readBlocks(args, workspace);
  const said = text(args, 'text');
  if (json(args, 'attachments', 'invalid_attachments') !== undefined) throw new SlackError('attachments_not_simulated');
  if (said === '' && blocks.length === 0) throw new SlackError('no_text');
  const thread = text(args, 'thread_ts');
  if (thread && !channel.messages.some((one) => one.ts === thread)) throw new SlackError('thread_not_found');
  const where = thread ? { thread_ts: thread } : {};
  return botMessage(workspace, { text: said.slice(0, 40_000), blocks, ...readMetadata(args), ...where });
}

const post: Method = {
  tier: 'post',
  scopes: ['chat:write'],
  run: (args, context) => {
    const channel = addressed(args, context);
    const message = readMessage(args, context, channel);
    channel.messages.push(message);
    notePings(context.workspace, channel.id, message);
    const where = { channel: channel.id, channel_type: channelTypes[channel.kind] };
    context.tell({ ...toldShape(context.workspace, message), ...where });
    return { channel: channel.id, ts: message.ts, message: messageShape(context.workspace, message) };
  },
};

function ownMessage(args: Args, context: MethodContext, error: string): { channel: Channel; message: Message } {
  const channel = open(channelById(context, required(args, 'channel', 'channel_not_found')));
  const ts = text(args, 'ts');
  const message = channel.messages.find((one) => one.ts === ts && one.only === null);
  if (!message) throw new SlackError('message_not_found');
  if (message.bot_id === undefined) throw new SlackError(error);
  return { channel, message };
}

const update: Method = {
  tier: 3,
  scopes: ['chat:write'],
  run: (args, context) => {
    const { workspace } = context;
    const { channel, message } = ownMessage(args, context, 'cant_update_message');
    const said = text(args, 'text');
    if (said.length > 4000) throw new SlackError('msg_too_long');
    const blocks = readBlocks(args, workspace);
    if (said === '' && blocks.length === 0) throw new SlackError('no_text');
    const before = toldShape(workspace, message);
    // Text without blocks takes the blocks away.
    Object.assign(message, { text: said, blocks, ...readMetadata(args) });
    message.edited = { user: workspace.bot.user, ts: workspace.nextTs() };
    notePings(workspace, channel.id, message);
    context.tell(changed(workspace, channel, toldShape(workspace, message), before));
    return { channel: channel.id, ts: message.ts, text: said, message: messageShape(workspace, message) };
  },
};

const remove: Method = {
  tier: 3,
  scopes: ['chat:write'],
  run: (args, context) => {
    const { channel, message } = ownMessage(args, context, 'cant_delete_message');
    channel.messages.splice(channel.messages.indexOf(message), 1);
    context.tell(deleted(context.workspace, channel, message));
    return { channel: channel.id, ts: message.ts };
  },
};

const ephemeral: Method = {
  tier: 4,
  scopes: ['chat:write'],
  run: (args, context) => {
    const channel = addressed(args, context);
    const user = text(args, 'user');
    if (!channel.members.has(context.workspace.bot.user)) throw new SlackError('not_in_channel');
    if (!channel.members.has(user)) throw new SlackError('user_not_in_channel');
    const message = { ...readMessage(args, context, channel), only: user };
    channel.messages.push(message);
    notePings(context.workspace, channel.id, message);
    return { message_ts: message.ts };
  },
};

const permalink: Method = {
  tier: 'free',
  scopes: [],
  run: (args, context) => {
    const channel = channelById(context, text(args, 'channel'));
    const ts = text(args, 'message_ts');
    if (!channel.messages.some((one) => one.ts === ts)) throw new SlackError('message_not_found');
    const url = `https://${context.workspace.team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
    return { channel: channel.id, permalink: url };
  },
};

export const chat: Record<string, Method> = {
  'chat.postMessage': post,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': ephemeral,
  'chat.getPermalink': permalink,
};
