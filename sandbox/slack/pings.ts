import { record } from './limits/check.ts';
import type { Message, Ping, Workspace } from './workspace.ts';

const mention =
  /<(?:!(channel|here|everyone)(?:\|[^>]*)?|!subteam\^([A-Z0-9]+)(?:\|[^>]*)?|@([UW][A-Z0-9]+)(?:\|[^>]*)?)>/g;

/** Notes every mention in a message that Slack would have acted on: in its text and in its mrkdwn, not in plain text. */
export function notePings(workspace: Workspace, channel: string, message: Message): void {
  const texts = [message.text, ...mrkdwnOf(message.blocks)];
  const raws = new Set(texts.flatMap((text) => [...text.matchAll(mention)].map((match) => match[0])));
  for (const raw of raws) workspace.pings.push({ channel, ts: message.ts, raw, kind: kindOf(raw) });
}

function kindOf(raw: string): Ping['kind'] {
  if (raw.startsWith('<!subteam')) return 'group';
  return raw.startsWith('<!') ? 'everyone' : 'person';
}

function mrkdwnOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnOf);
  if (typeof value !== 'object' || value === null) return [];
  const { type, text, ...rest } = record(value);
  if ((type === 'mrkdwn' || type === 'markdown') && typeof text === 'string') return [text];
  if (type === 'broadcast') return [`<!${String(rest.range)}>`];
  if (type === 'user') return [`<@${String(rest.user_id)}>`];
  if (type === 'usergroup') return [`<!subteam^${String(rest.usergroup_id)}>`];
  return [text, ...Object.values(rest)].flatMap(mrkdwnOf);
}

/** What Slack does to text that a person typed, before an app sees it. */
export function escapeTyped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What a command's text becomes with `should_escape`: names become references, addresses become links. */
export function escapeCommand(workspace: Workspace, text: string): string {
  const users = [...workspace.users.values()];
  const channels = [...workspace.channels.values()];
  return escapeTyped(text)
    .replace(/@([a-z0-9._-]+)/g, (whole, name: string) => {
      const user = users.find((one) => one.name === name);
      return user ? `<@${user.id}|${user.name}>` : whole;
    })
    .replace(/#([a-z0-9_-]+)/g, (whole, name: string) => {
      const channel = channels.find((one) => one.name === name);
      return channel ? `<#${channel.id}|${channel.name}>` : whole;
    })
    .replace(/https?:\/\/[^\s|]+/g, (url) => `<${url}>`);
}
