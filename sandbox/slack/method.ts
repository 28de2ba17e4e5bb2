import type { Tier } from './rate-limits.ts';
import type { Triggers } from './triggers.ts';
import type { Channel, Workspace } from './workspace.ts';

/** Slack's refusal of one call. */
export class SlackError extends Error {
  readonly messages: string[];
  readonly extra: Record<string, unknown>;
  constructor(error: string, messages: string[] = [], extra: Record<string, unknown> = {}) {
    super(error);
    this.messages = messages;
    this.extra = extra;
  }
}

export type Args = Record<string, unknown>;

export interface MethodContext {
  workspace: Workspace;
  triggers: Triggers;
  /** Tells the app of an event, when it subscribed to its type. */
  tell(event: Record<string, unknown>): void;
  /** Refuses with missing_scope unless the token was given this scope. */
  need(scope: string): void;
  has(scope: string): boolean;
  /** Address at which one Socket Mode connection may be opened. */
  socketUrl(): string;
  /** Address to which a file's bytes are sent. */
  uploadUrl(file: string): string;
}

export interface Method {
  tier: Tier;
  /** Any one of these; none is needed when it is empty. */
  scopes: readonly string[];
  /** The app-level token's method. */
  appToken?: boolean;
  run(args: Args, context: MethodContext): Record<string, unknown>;
}

export function text(args: Args, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function flag(args: Args, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1';
}

export function required(args: Args, name: string, error = 'invalid_arguments'): string {
  const value = text(args, name);
  if (value === '') throw new SlackError(error, [`[ERROR] missing required field: ${name}`]);
  return value;
}

/** Objects arrive as themselves in JSON bodies and as JSON text in forms. */
export function json(args: Args, name: string, error: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new SlackError(error, [`[ERROR] ${name} is not valid JSON`]);
  }
}

/** The channel with this id, as far as the bot can see it. */
export function channelById(context: MethodContext, id: string): Channel {
  const { channels, bot } = context.workspace;
  const channel = channels.get(id);
  if (!channel || (channel.kind !== 'public' && !channel.members.has(bot.user))) {
    throw new SlackError('channel_not_found');
  }
  return channel;
}

export function joined(context: MethodContext, channel: Channel): Channel {
  if (!channel.members.has(context.workspace.bot.user)) throw new SlackError('not_in_channel');
  return channel;
}

export function open(channel: Channel): Channel {
  if (channel.is_archived) throw new SlackError('is_archived');
  return channel;
}

/** A page of a list: `limit` items after the cursor, and the next cursor as Slack gives it. */
export function paged<T>(all: readonly T[], args: Args, most: number): { page: T[]; next: string } {
  const start = Number(Buffer.from(text(args, 'cursor'), 'base64').toString('utf8').split(':')[1] ?? 0);
  if (Number.isNaN(start)) throw new SlackError('invalid_cursor');
  const limit = Math.min(most, Number(text(args, 'limit') || most));
  if (!Number.isInteger(limit) || limit < 1) throw new SlackError('invalid_limit');
  const end = start + limit;
  return { page: all.slice(start, end), next: end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '' };
}
