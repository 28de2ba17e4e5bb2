import { useNamed } from '../../state/stream.ts';
import type { Message } from '../types.ts';
import { share } from './share.ts';

const kept = new Map<string, { told: Message[]; shared: Message[] }>();
const none: Message[] = [];

/** The channel is told anew whenever one message changed: the others stay the same objects, so that nobody draws them again. */
function keep(channel: string, told: Message[]): Message[] {
  const before = kept.get(channel);
  if (before?.told === told) return before.shared;
  const shared = share(before?.shared, told);
  kept.set(channel, { told, shared });
  return shared;
}

/** A channel's messages as this person sees them, replies among them. */
export function useMessages(channel: string, user: string): Message[] {
  const told = useNamed<Message[]>(`messages:${channel}`);
  return told === undefined ? none : visibleTo(keep(channel, told), user);
}

const filtered = new WeakMap<Message[], Map<string, Message[]>>();

function visibleTo(messages: Message[], user: string): Message[] {
  const byUser = filtered.get(messages) ?? new Map<string, Message[]>();
  filtered.set(messages, byUser);
  const visible = byUser.get(user) ?? messages.filter((one) => one.only === null || one.only === user);
  byUser.set(user, visible);
  return visible;
}

export function isReply(message: Message): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}
