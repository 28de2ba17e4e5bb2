import { SlackError } from '../method.ts';
import { escapeTyped } from '../pings.ts';
import { asResponse, respond } from '../response-urls.ts';
import { channelTypes, toldShape } from '../shapes.ts';
import { noteRefusal } from '../workspace.ts';
import { commandPayload } from './payloads.ts';
import { type Acted, channelFor, dispatch, type Hands, handlesFor, tellPrivately } from './people.ts';

export interface Typed {
  user: string;
  channel: string;
  text: string;
  threadTs?: string;
}

/** Somebody types a slash command; `text` is what follows it. */
export async function slashCommand(hands: Hands, typed: Typed & { command?: string }): Promise<Acted> {
  const { workspace } = hands;
  const { user } = typed;
  const command = typed.command ?? workspace.app.command;
  const channel = channelFor(hands, user, typed.channel);
  const failed = (shown: string): Acted => {
    tellPrivately(workspace, channel, user, shown);
    return { ok: false, shown };
  };
  if (typed.threadTs !== undefined) return failed(`${command} is not supported in threads. Sorry!`);
  if (command !== workspace.app.command) return failed(`${command} is not a valid command.`);
  const handles = handlesFor(hands, user, channel, null);
  const payload = commandPayload(workspace, user, channel, { command, text: typed.text }, handles);
  const answer = await dispatch(hands, 'slash_commands', payload);
  if (!answer.ok) return failed(`${command} failed with the error "${answer.error}"`);
  if (answer.body === null) return { ok: true };
  try {
    respond(workspace, { user, channel: channel.id, ts: null }, asResponse(answer.body));
    return { ok: true };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    noteRefusal(workspace, `${command} (its acknowledgement)`, error.message, error.messages);
    return failed(`${command} failed with the error "invalid_command_response"`);
  }
}

/** Somebody says something that is no command. */
export function sendMessage(hands: Hands, typed: Typed): { ts: string } {
  const { workspace, events } = hands;
  const channel = channelFor(hands, typed.user, typed.channel);
  const message = {
    ts: workspace.nextTs(),
    user: typed.user,
    text: escapeTyped(typed.text).replace(/&lt;@([UW][A-Z0-9]+)&gt;/g, '<@$1>'),
    blocks: [],
    ...(typed.threadTs === undefined ? {} : { thread_ts: typed.threadTs }),
    reactions: [],
    only: null,
  };
  channel.messages.push(message);
  workspace.changes.tell();
  if (!channel.members.has(workspace.bot.user)) return { ts: message.ts };
  const event = { ...toldShape(workspace, message), channel: channel.id, channel_type: channelTypes[channel.kind] };
  events.tell(event);
  if (message.text.includes(`<@${workspace.bot.user}>`)) events.tell({ ...event, type: 'app_mention' });
  return { ts: message.ts };
}

/** Somebody joins a public channel by themselves. */
export function joinChannel(hands: Hands, who: { user: string; channel: string }): void {
  hands.checkUp();
  const channel = hands.workspace.channels.get(who.channel);
  if (channel?.kind !== 'public' || channel.is_archived) throw new Error(`${who.channel} cannot be joined.`);
  channel.members.add(who.user);
  hands.workspace.changes.tell();
  const event = { type: 'member_joined_channel', user: who.user, channel: channel.id, channel_type: 'C' };
  hands.events.tell({ ...event, team: hands.workspace.team.id });
}

export function openHome(hands: Hands, user: string): void {
  hands.checkUp();
  hands.events.tell({ type: 'app_home_opened', user, tab: 'home' });
}
