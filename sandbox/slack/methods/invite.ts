import {
  channelById,
  flag,
  joined,
  type Method,
  type MethodContext,
  open,
  required,
  SlackError,
  text,
} from '../method.ts';
import { channelShape } from '../shapes.ts';
import type { Channel } from '../workspace.ts';
import { makeChannel } from './conversations.ts';

function whyNot(context: MethodContext, channel: Channel, user: string): string | undefined {
  if (user === context.workspace.bot.user) return 'cant_invite_self';
  if (!context.workspace.users.has(user)) return 'user_not_found';
  return channel.members.has(user) ? 'already_in_channel' : undefined;
}

const invite: Method = {
  tier: 3,
  scopes: ['channels:manage', 'channels:write.invites', 'groups:write'],
  run: (args, context) => {
    const channel = open(joined(context, channelById(context, text(args, 'channel'))));
    const users = required(args, 'users', 'no_user')
      .split(',')
      .map((user) => user.trim());
    if (users.length > 100) throw new SlackError('too_many_users');
    const faults = users.flatMap((user) => {
      const error = whyNot(context, channel, user);
      return error ? [{ user, ok: false, error }] : [];
    });
    const bad = faults[0];
    const welcome = users.filter((user) => !faults.some((fault) => fault.user === user));
    if (bad && (!flag(args, 'force') || welcome.length === 0)) throw new SlackError(bad.error, [], { errors: faults });
    for (const user of welcome) {
      channel.members.add(user);
      const event = { type: 'member_joined_channel', user, channel: channel.id, channel_type: 'C' };
      context.tell({ ...event, team: context.workspace.team.id, inviter: context.workspace.bot.user });
    }
    return { channel: channelShape(context.workspace, channel), ...(bad ? { errors: faults } : {}) };
  },
};

/** The bot's direct conversation with one person. */
export function directWith(context: MethodContext, user: string): Channel {
  const { workspace } = context;
  if (!workspace.users.has(user)) throw new SlackError('user_not_found');
  const found = [...workspace.channels.values()].find((one) => one.kind === 'direct' && one.members.has(user));
  return found ?? makeChannel(context, `direct-${user.toLowerCase()}`, 'direct', [workspace.bot.user, user]);
}

const openDirect: Method = {
  tier: 3,
  scopes: ['im:write', 'mpim:write'],
  run: (args, context) => {
    const users = text(args, 'users').split(',').filter(Boolean);
    const [user] = users;
    if (text(args, 'channel')) return { channel: { id: channelById(context, text(args, 'channel')).id } };
    if (!user) throw new SlackError('users_list_not_supplied');
    if (users.length > 1) throw new SlackError('method_not_supported_for_channel_type');
    return { channel: { id: directWith(context, user).id } };
  },
};

export const invitations: Record<string, Method> = {
  'conversations.invite': invite,
  'conversations.open': openDirect,
};
