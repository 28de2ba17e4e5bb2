import type { Answer, Delivery, Kind } from '../deliver.ts';
import type { Events } from '../events.ts';
import type { ResponseUrls } from '../response-urls.ts';
import type { Triggers } from '../triggers.ts';
import { type Channel, noteRefusal, type Workspace } from '../workspace.ts';

/** What people's hands reach: the workspace, and the way to the app. */
export interface Hands {
  workspace: Workspace;
  triggers: Triggers;
  responses: ResponseUrls;
  events: Events;
  delivery(): Delivery;
  /** Address of the simulated Slack, for response_url. */
  host(): string;
  /** Throws while Slack is down: nobody can do anything in it. */
  checkUp(): void;
}

/** What became of something a person did, as far as they were told. */
export type Acted = { ok: true } | { ok: false; shown: string };

export async function dispatch(hands: Hands, kind: Kind, payload: Record<string, unknown>): Promise<Answer> {
  const answer = await hands.delivery().send(kind, payload);
  if (!answer.ok) noteRefusal(hands.workspace, `delivery (${kind})`, answer.error, []);
  hands.workspace.changes.tell();
  return answer;
}

/** The channel, as somebody who is in it. */
export function channelFor(hands: Hands, user: string, id: string): Channel {
  hands.checkUp();
  const channel = hands.workspace.channels.get(id) ?? byName(hands.workspace, id);
  if (!channel) throw new Error(`No channel ${id}.`);
  if (!hands.workspace.users.has(user)) throw new Error(`Nobody here is ${user}.`);
  if (!channel.members.has(user)) throw new Error(`${user} is not in #${channel.name}: join it first.`);
  if (channel.is_archived) throw new Error(`#${channel.name} is archived.`);
  return channel;
}

function byName(workspace: Workspace, name: string): Channel | undefined {
  return [...workspace.channels.values()].find((one) => one.name === name.replace(/^#/, ''));
}

/** Slack's own word to one person, such as `/dr failed with the error "operation_timeout"`. */
export function tellPrivately(workspace: Workspace, channel: Channel, user: string, text: string): void {
  const said = { ts: workspace.nextTs(), user: 'USLACKBOT', text, blocks: [], reactions: [], only: user };
  channel.messages.push(said);
  workspace.changes.tell();
}

export function handlesFor(
  hands: Hands,
  user: string,
  channel: Channel,
  ts: string | null,
): { trigger: string; responseUrl: string } {
  const id = hands.responses.issue({ user, channel: channel.id, ts });
  return { trigger: hands.triggers.issue({ user, view: null }), responseUrl: `${hands.host()}/respond/${id}` };
}
