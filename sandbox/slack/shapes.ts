import type { Channel, Message, OpenView, User, Workspace } from './workspace.ts';

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

export function messageShape(workspace: Workspace, message: Message): Record<string, unknown> {
  const { only: _only, reactions, metadata, blocks, ...shown } = message;
  return {
    type: 'message',
    team: workspace.team.id,
    ...shown,
    ...(message.bot_id ? { app_id: workspace.app.id } : {}),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(metadata ? { metadata } : {}),
    ...(reactions.length > 0 ? { reactions: reactions.map((one) => ({ ...one, count: one.users.length })) } : {}),
  };
}

export function userShape(workspace: Workspace, user: User, withEmail: boolean): Record<string, unknown> {
  return {
    id: user.id,
    team_id: workspace.team.id,
    name: user.name,
    real_name: user.real_name,
    deleted: false,
    is_bot: user.is_bot,
    is_app_user: false,
    is_restricted: false,
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
