import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { choose } from '../../state/mine.ts';
import type { Channel } from '../../state/slices.ts';
import { Composer } from '../compose/composer.tsx';
import { focusBack } from '../state/focus-back.ts';
import { channelTitle } from '../state/here.ts';
import type { Message } from '../types.ts';
import { MessageRow } from './message-row.tsx';
import styles from './thread.module.css';

interface ThreadPaneProps {
  user: string;
  channel: Channel;
  messages: readonly Message[];
  root: string;
}

/** A message and what was answered to it, beside the channel. */
export function ThreadPane({ user, channel, messages, root }: ThreadPaneProps) {
  const close = () => choose({ thread: null });
  const thread = messages.filter((message) => message.ts === root || message.thread_ts === root);
  const list = useRef<HTMLDivElement>(null);
  const last = thread.at(-1)?.ts;
  useEffect(() => {
    if (last !== undefined && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [last]);
  const [before] = useState(() => document.activeElement);
  useLayoutEffect(() => () => focusBack(before), [before]);
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
  };
  return (
    <section className={styles.thread} aria-label="Thread" onKeyDown={leave}>
      <div className={styles.head}>
        <button type="button" className={styles.back} onClick={close}>
          ← Back to {channelTitle(channel)}
        </button>
        <h2>Thread</h2>
        <button type="button" className={styles.cross} aria-label="Close thread" onClick={close}>
          ✕
        </button>
      </div>
      <div ref={list} className={styles.list}>
        {thread.map((message) => (
          <MessageRow
            key={message.ts}
            user={user}
            channel={channel.id}
            message={message}
            isPinned={channel.pins.includes(message.ts)}
          />
        ))}
      </div>
      <Composer to={{ user, channel: channel.id, threadTs: root }} placeholder="Reply…" />
    </section>
  );
}
