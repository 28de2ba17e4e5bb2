import type { Channel, Message, OpenView, SharedFile, User, Workspace } from './workspace.ts';

/** What the wire shows of the workspace's things. */

export function channelShape(workspace: Workspace, channel: Channel): Record<string, unknown> {
  const named = (value: string) => ({ value, creator: value ? channel.creator : '', last_set: 0 });
  return {
    id: channel.id,
    ...(channel.kind === 'direct'
      ? { user: other(workspace, channel) }
      : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: channel.kind === 'direct',
    is_mpim: false,
    is_private: channel.kind !== 'public',
    is_archived: channel.is_archived,
    is_general: channel.name === 'general',
    is_shared: false,
    is_ext_shared: false,
    is_member: channel.members.has(workspace.bot.user),
    created: channel.created,
    creator: channel.creator,
    context_team_id: workspace.team.id,
    topic: named(channel.topic),
    purpose: named(channel.purpose),
    num_members: channel.members.size,
  };
}

function other(workspace: Workspace, channel: Channel): string {
  return [...channel.members].find((member) => member !== workspace.bot.user) ?? workspace.bot.user;
}

/** A message in an event or a shortcut, which do not carry metadata. */
export function toldShape(workspace: Workspace, message: Message): Record<string, unknown> {
  const { metadata: _metadata, ...shown } = messageShape(workspace, message);
  return shown;
}

/** The event of a changed message: what it is, and what it was. */
export function changed(
  workspace: Workspace,
  channel: Channel,
  message: Record<string, unknown>,
  before: Record<string, unknown>,
): Record<string, unknown> {
  return {
    ...eventOn(channel, 'message_changed'),
    ts: workspace.nextTs(),
    message,
    previous_message: before,
  };
}

export function deleted(workspace: Workspace, channel: Channel, message: Message): Record<string, unknown> {
  return {
    ...eventOn(channel, 'message_deleted'),
    ts: workspace.nextTs(),
    deleted_ts: message.ts,
    previous_message: toldShape(workspace, message),
  };
}

function eventOn(channel: Channel, subtype: string): Record<string, unknown> {
  return { type: 'message', subtype, hidden: true, channel: channel.id, channel_type: channelTypes[channel.kind] };
}

export const channelTypes: Record<Channel['kind'], string> = { public: 'channel', private: 'group', direct: 'im' };

export function messageShape(workspace: Workspace, message: Message): Record<string, unknown> {
  const { only: _only, reactions, metadata, blocks, files, ...shown } = message;
  return {
    type: 'message',
    team: workspace.team.id,
    ...shown,
    ...(message.bot_id ? { app_id: workspace.app.id } : {}),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(files ? { files: files.map((file) => fileShape(workspace, file)), upload: true } : {}),
    ...(metadata ? { metadata } : {}),
    ...(reactions.length > 0 ? { reactions: reactions.map((one) => ({ ...one, count: one.users.length })) } : {}),
  };
}

export function fileShape(workspace: Workspace, file: SharedFile): Record<string, unknown> {
  return {
    ...file,
    user: workspace.bot.user,
    mimetype: 'text/plain',
    filetype: file.name.split('.').at(-1) ?? 'text',
    mode: 'hosted',
    is_external: false,
    url_private: `https://files.slack.com/files-pri/${workspace.team.id}-${file.id}/${file.name}`,
  };
}

export function userShape(workspace: Workspace, user: User, withEmail: boolean): Record<string, unknown> {
  return {
    id: user.id,
    team_id: user.team ?? workspace.team.id,
    name: user.name,
    real_name: user.real_name,
    deleted: user.gone === true,
    is_bot: user.is_bot,
    is_app_user: false,
    is_restricted: user.guest !== undefined,
    is_ultra_restricted: user.guest === 'one-channel',
    is_stranger: user.team !== undefined,
    tz: user.tz,
    profile: {
      real_name: user.real_name,
      display_name: user.name,
      ...(withEmail && user.email ? { email: user.email } : {}),
    },
  };
}

export function viewShape(workspace: Workspace, view: OpenView, values: unknown = {}): Record<string, unknown> {
  const { body } = view;
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: body.type,
    blocks: body.blocks,
    private_metadata: body.private_metadata ?? '',
    callback_id: body.callback_id ?? '',
    state: { values },
    hash: view.hash,
    title: body.title ?? null,
    clear_on_close: body.clear_on_close ?? false,
    notify_on_close: body.notify_on_close ?? false,
    close: body.close ?? null,
    submit: body.submit ?? null,
    previous_view_id: view.previous,
    root_view_id: view.root,
    app_id: workspace.app.id,
    external_id: view.external_id,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.bot.bot,
  };
}
