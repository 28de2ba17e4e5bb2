import { useRef } from 'react';
import { isReply } from '../state/messages.ts';
import { share } from '../state/share.ts';
import type { Message } from '../types.ts';
import type { Replies } from './replies-line.tsx';

/** By the thread's first message: how many replies there are. What is unchanged stays the same object. */
export function useReplies(messages: readonly Message[]): Readonly<Record<string, Replies>> {
  const before = useRef<Record<string, Replies>>({});
  const now: Record<string, Replies> = {};
  for (const { thread_ts: root, ts } of messages.filter(isReply)) {
    if (root !== undefined) now[root] = { count: (now[root]?.count ?? 0) + 1, last: ts };
  }
  before.current = share(before.current, now);
  return before.current;
}
