import { botMessage } from './bot-message.ts';
import { record } from './limits/check.ts';
import { SlackError } from './method.ts';
import { readBlocks } from './methods/chat.ts';
import { notePings } from './pings.ts';
import type { Workspace } from './workspace.ts';

/** Where an app may answer one thing that a person did: five times within thirty minutes. */
export interface ResponseUrls {
  issue(to: Place): string;
  /** Does what the body asks; throws SlackError. */
  use(id: string, body: Record<string, unknown>): void;
}

export interface Place {
  user: string;
  channel: string;
  /** The message that was clicked, when there was one. */
  ts: string | null;
}

const uses = 5;
const lifeMs = 30 * 60_000;

export function createResponseUrls(workspace: Workspace): ResponseUrls {
  const issued = new Map<string, { to: Place; left: number; at: number }>();
  return {
    issue: (to) => {
      const id = workspace.nextId('r');
      issued.set(id, { to, left: uses, at: workspace.real() });
      return id;
    },
    use: (id, body) => {
      const url = issued.get(id);
      if (!url || workspace.real() - url.at > lifeMs) throw new SlackError('expired_url');
      if (url.left === 0) throw new SlackError('used_url');
      respond(workspace, url.to, body);
      url.left -= 1;
    },
  };
}

/** What an app says to a person by answering: kept in the channel, or shown to them alone. */
export function respond(workspace: Workspace, to: Place, body: Record<string, unknown>): void {
  const channel = workspace.channels.get(to.channel);
  if (!channel) throw new SlackError('channel_not_found');
  const at = channel.messages.findIndex((one) => one.ts === to.ts);
  if (body.delete_original === true) {
    if (at >= 0) channel.messages.splice(at, 1);
    return;
  }
  const blocks = readBlocks(body, workspace);
  const text = typeof body.text === 'string' ? body.text : '';
  if (text === '' && blocks.length === 0) throw new SlackError('no_text');
  const before = body.replace_original === true ? channel.messages[at] : undefined;
  const loud = body.response_type === 'in_channel';
  const kept = before && { ts: before.ts, reactions: before.reactions, only: before.only };
  const said = botMessage(workspace, { text, blocks, only: loud ? null : to.user, ...kept });
  if (before) channel.messages[at] = said;
  else channel.messages.push(said);
  notePings(workspace, channel.id, said);
  workspace.changes.tell();
}

/** An acknowledgement's body as a message: text by itself, or an object. */
export function asResponse(body: unknown): Record<string, unknown> {
  return typeof body === 'string' ? { text: body } : record(body);
}
