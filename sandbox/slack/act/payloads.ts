import { escapeCommand } from '../pings.ts';
import { messageShape, toldShape, viewShape } from '../shapes.ts';
import type { Channel, Message, OpenView, Workspace } from '../workspace.ts';

/** The bodies that Slack sends to an app, field by field. */

export interface Handles {
  trigger: string;
  responseUrl: string | null;
}

export function commandPayload(
  workspace: Workspace,
  user: string,
  channel: Channel,
  said: { command: string; text: string },
  handles: Handles,
): Record<string, string> {
  const names = { public: channel.name, private: 'privategroup', direct: 'directmessage' };
  return {
    token: 'deprecated',
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: names[channel.kind],
    user_id: user,
    user_name: workspace.users.get(user)?.name ?? '',
    command: said.command,
    text: workspace.app.shouldEscape ? escapeCommand(workspace, said.text) : said.text,
    api_app_id: workspace.app.id,
    is_enterprise_install: 'false',
    response_url: handles.responseUrl ?? '',
    trigger_id: handles.trigger,
  };
}

function common(workspace: Workspace, user: string): Record<string, unknown> {
  const name = workspace.users.get(user)?.name ?? '';
  return {
    team: { id: workspace.team.id, domain: workspace.team.domain },
    user: { id: user, username: name, name, team_id: workspace.team.id },
    api_app_id: workspace.app.id,
    token: 'deprecated',
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function messageAction(
  workspace: Workspace,
  user: string,
  on: { channel: Channel; message: Message },
  used: { action: Record<string, unknown>; values: unknown },
  handles: Handles,
): Record<string, unknown> {
  const { channel, message } = on;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    type: 'block_actions',
    ...common(workspace, user),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.only !== null,
      ...thread,
    },
    trigger_id: handles.trigger,
    channel: { id: channel.id, name: channel.kind === 'direct' ? 'directmessage' : channel.name },
    ...(message.only === null ? { message: messageShape(workspace, message) } : {}),
    state: { values: used.values },
    response_url: handles.responseUrl,
    actions: [used.action],
  };
}

/** What a message shortcut sends: the whole message, whoever wrote it. */
export function messageShortcut(
  workspace: Workspace,
  user: string,
  on: { channel: Channel; message: Message },
  callbackId: string,
  handles: Handles,
): Record<string, unknown> {
  const { channel, message } = on;
  return {
    type: 'message_action',
    callback_id: callbackId,
    action_ts: workspace.nextTs(),
    ...common(workspace, user),
    trigger_id: handles.trigger,
    response_url: handles.responseUrl,
    channel: { id: channel.id, name: channel.kind === 'direct' ? 'directmessage' : channel.name },
    message_ts: message.ts,
    message: toldShape(workspace, message),
  };
}

export function viewAction(
  workspace: Workspace,
  user: string,
  view: OpenView,
  used: { action: Record<string, unknown>; values: unknown },
  trigger: string,
): Record<string, unknown> {
  return {
    type: 'block_actions',
    ...common(workspace, user),
    container: { type: 'view', view_id: view.id },
    trigger_id: trigger,
    view: viewShape(workspace, view, used.values),
    actions: [used.action],
  };
}

export function submission(
  workspace: Workspace,
  user: string,
  view: OpenView,
  values: unknown,
  trigger: string,
): Record<string, unknown> {
  return {
    type: 'view_submission',
    ...common(workspace, user),
    trigger_id: trigger,
    view: viewShape(workspace, view, values),
    response_urls: [],
  };
}

export function closing(workspace: Workspace, user: string, view: OpenView, cleared: boolean): Record<string, unknown> {
  return {
    type: 'view_closed',
    ...common(workspace, user),
    view: viewShape(workspace, view),
    is_cleared: cleared,
  };
}
